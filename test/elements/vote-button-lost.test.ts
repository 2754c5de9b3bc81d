import { expect } from '@open-wc/testing';

import { configure } from '../../src/state/page-settings.js';
import { inState, mount, nextTask, patiently, testPage, until } from '../support/page.js';
import { part, textOf } from '../support/perceive.js';
import {
  change,
  ACT,
  control,
  count,
  done,
  inSession,
  message,
  press,
  pressed,
  shown,
  shownButton,
  TAG,
  voteButton,
  voteChanges,
} from '../support/voting.js';
import { openVote, votable } from '../support/voting-fixtures.js';

const VOTED = change('guinguette', true, 42);

describe('a vote without an answer', () => {
  const page = testPage();
  const changes = voteChanges();

  it('that was recorded is shown once the platform has said so, and sent once', async () => {
    const element = await shownButton(page);
    page.platform.fail('lost', 1, ACT);
    await press(element);
    expect(pressed(element)).to.equal('true');
    expect(message(element)).to.equal('Votre vote est enregistré.');
    expect(changes).to.deep.equal([VOTED]);
    expect(page.platform.mutations).to.have.length(1);
  });

  it('that never came is not shown, and sent once: the visitor is told and may try again', async () => {
    const element = await shownButton(page);
    page.platform.fail('network', 1, ACT);
    control(element).click();
    await until(() => message(element) === 'Nous vérifions si votre choix est enregistré.', 'nobody wonders');
    page.clock.advance(2000);
    await done(element);
    expect(pressed(element)).to.equal('false');
    expect(message(element)).to.equal('Votre choix n’est pas enregistré : la plateforme ne répond pas. Réessayez.');
    expect(changes).to.be.empty;
    expect(page.events.at(-1)).to.deep.equal({ type: 'cap-error', tag: TAG, code: 'network', retryable: true });
    expect(page.platform.mutations).to.have.length(1);
    await press(element);
    expect(changes).to.deep.equal([VOTED]);
  });

  it('that times out is read back', async () => {
    const element = await shownButton(page);
    page.platform.fail('silent', 1, ACT);
    control(element).click();
    await until(() => page.platform.mutations.length === 1, 'nothing is sent');
    await nextTask();
    page.clock.advance(10_000);
    await inState(element, 'voted');
    await done(element);
    expect(changes).to.deep.equal([VOTED]);
    expect(page.platform.mutations).to.have.length(1);
    expect(page.platform.votes.votes).to.have.length(1);
  });

  it('is looked up until the platform is back; until then nothing is claimed and nothing can be pressed', async () => {
    const element = await shownButton(page);
    page.platform.fail('lost', 1, ACT);
    const answer = page.platform.hold();
    control(element).click();
    await until(() => page.platform.mutations.length === 1, 'nothing is sent');
    page.platform.fail({ status: 500 });
    answer();
    for (let second = 0; second < 20; second++) {
      await nextTask();
      page.clock.advance(1000);
    }
    expect(message(element)).to.equal('Nous vérifions si votre choix est enregistré.');
    expect(element.matches(':state(pending)')).to.be.true;
    expect([pressed(element), control(element).getAttribute('aria-disabled')]).to.deep.equal(['false', 'true']);
    control(element).click();
    expect(changes).to.be.empty;
    page.platform.heal();
    await patiently(page.clock, element, 'voted');
    await done(element);
    expect(changes).to.deep.equal([VOTED]);
    expect(page.platform.mutations).to.have.length(1);
  });

  it('that the network does not even take is not sent', async () => {
    const element = await shownButton(page);
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    try {
      await press(element);
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
    }
    expect(message(element)).to.equal('Votre choix n’est pas enregistré : vous êtes hors ligne.');
    expect(page.events.at(-1)).to.deep.equal({ type: 'cap-error', tag: TAG, code: 'offline', retryable: true });
    expect(page.platform.mutations).to.be.empty;
  });

  it('when something else cannot be read any more, the recorded vote is not called unrecorded', async () => {
    const element = await shownButton(page);
    await press(element);
    await nextTask();
    page.platform.fail({ status: 403 });
    await element.reload();
    await until(() => page.events.some(({ type }) => type === 'cap-error'), 'nothing fails');
    expect(pressed(element)).to.equal('true');
    expect(textOf(element)).not.to.contain('pas enregistré');
  });
});

describe('a vote button that changes while a vote is under way', () => {
  const page = testPage();
  const changes = voteChanges();

  it('tells the page of the vote that was cast, and shows nothing of it for the new proposal', async () => {
    openVote(page.platform);
    page.platform.put(votable('frigos', 10, 0, { title: 'Des frigos partagés' }));
    inSession(page);
    const element = await shown();
    const answer = page.platform.hold();
    control(element).click();
    await inState(element, 'pending');
    await until(() => page.platform.mutations.length === 1, 'nothing is sent');
    element.setAttribute('proposal-id', 'frigos');
    await until(() => !element.matches(':state(pending)'), 'the new proposal waits for the old one');
    answer();
    await inState(element, 'ready');
    await until(() => changes.length === 1, 'nobody is told');
    await nextTask();
    expect(changes).to.deep.equal([VOTED]);
    expect([pressed(element), count(element), message(element)]).to.deep.equal(['false', '10 votes', '']);
  });

  it('shows no refusal for the new proposal', async () => {
    openVote(page.platform);
    page.platform.put(votable('frigos', 10));
    page.platform.votes.refuse({ errorCode: 'PHONE_ALREADY_USED' });
    inSession(page);
    const element = await shown();
    const answer = page.platform.hold();
    control(element).click();
    await until(() => page.platform.mutations.length === 1, 'nothing is sent');
    element.setAttribute('proposal-id', 'frigos');
    answer();
    await until(() => textOf(element).includes('10 votes'), 'the new proposal does not come');
    await nextTask();
    expect(message(element)).to.equal('');
    expect(element.matches(':state(pending)')).to.be.false;
  });

  it('finishes when it is removed, and what comes in its place shows the vote', async () => {
    const element = await shownButton(page);
    const answer = page.platform.hold();
    control(element).click();
    await until(() => page.platform.mutations.length === 1, 'nothing is sent');
    const main = element.parentElement;
    element.remove();
    await nextTask();
    expect(page.platform.mutations[0]?.aborted).to.be.false;
    answer();
    await until(() => page.platform.votes.votes.length === 1, 'it is not recorded');
    await nextTask();
    main?.append(mount(voteButton(), TAG));
    const next = main?.querySelector(TAG);
    if (!next) throw new Error('There is no button.');
    await inState(next, 'voted');
    expect(page.platform.mutations).to.have.length(1);
  });

  it('goes on while it is moved', async () => {
    const element = await shownButton(page);
    const answer = page.platform.hold();
    control(element).click();
    await until(() => page.platform.mutations.length === 1, 'nothing is sent');
    const box = document.createElement('section');
    element.before(box);
    box.append(element);
    await nextTask();
    expect(element.matches(':state(pending)')).to.be.true;
    answer();
    await inState(element, 'voted');
    expect(changes).to.deep.equal([VOTED]);
  });

  it('shows nothing of another platform that the page has named since', async () => {
    page.platform.votes.put('guinguette', 'vote');
    const element = await shownButton(page);
    expect(pressed(element)).to.equal('true');
    configure({});
    await inState(element, 'error');
    expect(() => part(element, 'count')).to.throw();
  });
});
