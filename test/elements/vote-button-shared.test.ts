import { expect } from '@open-wc/testing';

import { configure } from '../../src/state/page-settings.js';
import { inState, nextTask, place, testPage, until, within, type Widget } from '../support/page.js';
import { byRole, textOf } from '../support/perceive.js';
import {
  comesBack,
  count,
  done,
  inSession,
  message,
  press,
  pressed,
  promptIn,
  shown,
  shownButton,
  TAG,
  voteButton,
  voteChanges,
} from '../support/voting.js';
import { votable, votingStep } from '../support/voting-fixtures.js';

describe('a session that has expired', () => {
  const page = testPage();
  const changes = voteChanges();

  for (const [what, recorded, yes] of [
    ['a vote', false, 'Oui, voter'],
    ['a withdrawal', true, 'Oui, retirer'],
  ] as const)
    it(`is said when ${what} is refused, and ${what} is asked about once the same account is back, once`, async () => {
      if (recorded) page.platform.votes.put('guinguette', 'vote');
      const element = await shownButton(page);
      page.platform.signOut();
      await press(element);
      await inState(element, 'signed-out');
      expect(message(element)).to.equal('Vous n’êtes plus connecté. Connectez-vous, votre choix sera enregistré.');
      expect(page.events).to.deep.include({ type: 'cap-error', tag: TAG, code: 'unauthorized', retryable: false });
      await until(() => promptIn(element), 'the ways in are not shown');
      expect(changes).to.be.empty;
      await comesBack(page);
      await inState(element, 'asking');
      expect(page.platform.mutations).to.have.length(1);
      byRole(element, 'button', yes).click();
      await until(() => changes.length > 0, 'the act is forgotten');
      await done(element);
      expect(changes.map(({ voted }) => voted)).to.deep.equal([!recorded]);
      expect(page.platform.mutations).to.have.length(2);
      expect(page.platform.votes.votes).to.have.length(recorded ? 0 : 1);
    });

  it('is not tried again by itself as long as the platform calls it open', async () => {
    const element = await shownButton(page);
    page.platform.votes.refuse({ message: 'Access denied to this field.' });
    await press(element);
    for (let times = 0; times < 3; times++) {
      await element.reload();
      await nextTask();
    }
    expect(page.platform.mutations).to.have.length(1);
    expect(element.matches(':state(pending)')).to.be.false;
  });

  it('is noticed when the visitor comes back, and what was his is no longer shown', async () => {
    page.platform.votes.put('guinguette', 'vote');
    const element = await shownButton(page);
    page.platform.signOut();
    document.dispatchEvent(new Event('visibilitychange'));
    await inState(element, 'signed-out');
    expect(pressed(element)).to.equal('false');
  });
});

describe('all that shows a vote', () => {
  const page = testPage();
  voteChanges();

  it('agrees on the page: buttons, compact ones and counters', async () => {
    page.platform.put(votingStep(), votable());
    page.platform.signIn();
    inSession(page);
    const main = place(
      voteButton() +
        voteButton('proposal-id="guinguette"') +
        '<cap-participation-counter proposal-id="guinguette"></cap-participation-counter>',
    );
    for (const element of main.children) await inState(element, 'ready');
    const [first, second] = [...main.querySelectorAll<Widget>(TAG)];
    const counter = within(main, 'cap-participation-counter');
    if (!first || !second) throw new Error('The buttons are not there.');
    await press(first);
    await inState(second, 'voted');
    expect(count(second)).to.equal('42 votes');
    await until(() => textOf(counter).includes('42'), 'the counter does not move');
    await press(second);
    await until(() => pressed(first) === 'false', 'the first button keeps the vote');
    expect(message(first), 'It is not the one that was pressed.').to.equal('');
    await until(() => textOf(counter).includes('41'), 'the counter does not move');
  });

  it('agrees in other tabs', async () => {
    const element = await shownButton(page);
    const tab = new BroadcastChannel('cap-widgets');
    try {
      page.platform.votes.put('guinguette', 'vote');
      tab.postMessage({ platform: 'https://autre.example' });
      await nextTask();
      expect(pressed(element)).to.equal('false');
      tab.postMessage({ platform: page.platform.url });
      await inState(element, 'voted');
      const heard = new Promise((resolve) => {
        tab.onmessage = ({ data }) => resolve(data);
      });
      await press(element);
      expect(await heard).to.deep.equal({ platform: page.platform.url });
    } finally {
      tab.close();
    }
  });

  it('reads anew what was being read when a vote was cast elsewhere', async () => {
    const element = await shownButton(page);
    const answer = page.platform.hold();
    void element.reload();
    await until(() => page.platform.requests.length > 3, 'nothing is being read');
    const tab = new BroadcastChannel('cap-widgets');
    tab.postMessage({ platform: page.platform.url });
    await nextTask();
    answer();
    const more = page.platform.hold();
    await nextTask();
    page.platform.votes.put('guinguette', 'vote');
    more();
    try {
      await inState(element, 'voted');
    } finally {
      tab.close();
    }
  });

  it('asks once for what many buttons show', async () => {
    page.platform.put(votingStep(), ...['a', 'b', 'c', 'd'].map((id) => votable(id)));
    page.platform.signIn();
    inSession(page);
    const main = place(['a', 'b', 'c', 'd'].map((id) => voteButton(`proposal-id="${id}" step-id="vote"`)).join(''));
    for (const element of main.children) await inState(element, 'ready');
    expect(page.platform.requests.length).to.be.at.most(3);
  });
});

describe('a vote button beside a hand-over page', () => {
  const page = testPage();
  voteChanges();

  it('says that the vote takes place in a window of the platform', async () => {
    page.platform.put(votingStep(), votable());
    configure({ platform: page.platform.url, handoff: '/widgets/handoff' });
    const element = await shown();
    expect(message(element)).to.equal('Le vote se fait dans une fenêtre de la plateforme.');
    expect(
      byRole(element, 'button', 'Voter pour Une guinguette au bord de l’eau').getAttribute('aria-pressed'),
    ).to.equal('false');
    expect(count(element)).to.equal('41 votes');
  });
});
