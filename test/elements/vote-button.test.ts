import { expect } from '@open-wc/testing';

import { inState, kindsOf, mount, testPage, until } from '../support/page.js';
import { byRole, fallbackShown, names, nameOf, part, textOf } from '../support/perceive.js';
import {
  change,
  control,
  count,
  inSession,
  message,
  pressed,
  shown,
  shownButton,
  stops,
  TAG,
  voteButton,
  voteChanges,
} from '../support/voting.js';
import { openVote, votable } from '../support/voting-fixtures.js';

const TITLE = 'Une guinguette au bord de l’eau';

describe('a vote button', () => {
  const page = testPage();
  voteChanges();

  it('shows the page’s own link until it knows what it can do', async () => {
    openVote(page.platform);
    inSession(page);
    const answer = page.platform.hold();
    const element = mount(voteButton(), TAG);
    await inState(element, 'loading');
    expect(fallbackShown(element)).to.be.true;
    expect(names(element, 'button')).to.be.empty;
    answer();
    await inState(element, 'ready');
    expect(fallbackShown(element)).to.be.false;
    expect(page.events).to.deep.equal([{ type: 'cap-load', tag: TAG }]);
  });

  it('offers a vote in one tab stop, whose name begins with what is written on it, and names who votes beside it', async () => {
    const element = await shownButton(page);
    await until(() => stops(element).length > 1, 'nobody can leave');
    const [button, leave, ...more] = stops(element);
    expect(more).to.be.empty;
    expect(leave && nameOf(leave)).to.equal('J’ai terminé');
    expect(textOf(part(element, 'account'))).to.equal('Connecté en tant que Lucie Fontaine. J’ai terminé');
    expect(nameOf(byRole(element, 'button', `Voter pour ${TITLE}`))).to.contain(textOf(control(element)));
    expect(button?.getAttribute('aria-pressed')).to.equal('false');
    expect(button?.hasAttribute('aria-disabled')).to.be.false;
    expect(count(element)).to.equal('41 votes');
    expect(message(element)).to.equal('');
    expect(kindsOf(element)).to.deep.equal(['ready']);
    for (const state of ['voted', 'pending', 'blocked', 'signed-out', 'closed', 'secret', 'not-counted'])
      expect(element.matches(`:state(${state})`), state).to.be.false;
  });

  it('shows the visitor’s recorded vote, and until when it can be taken back', async () => {
    page.platform.votes.put('guinguette', 'vote');
    const element = await shownButton(page);
    expect(element.matches(':state(voted)')).to.be.true;
    expect(pressed(element)).to.equal('true');
    expect(nameOf(control(element))).to.equal(`Voter pour ${TITLE}`);
    expect(count(element)).to.equal('42 votes');
    expect(message(element)).to.equal('Vous pouvez changer d’avis jusqu’au 14 juin 2026 à 23 h 59.');
  });

  it('says « soutenir » where the platform does', async () => {
    const element = await shownButton(page, { actionButtonLabel: 'SUPPORT' });
    expect(nameOf(control(element))).to.equal(`Soutenir ${TITLE}`);
    expect(textOf(control(element))).to.equal('Soutenir');
  });

  it('finds the step by itself', async () => {
    const element = await shownButton(page, {}, {}, 'proposal-id="guinguette"');
    expect(nameOf(control(element))).to.equal(`Voter pour ${TITLE}`);
    expect(count(element)).to.equal('41 votes');
  });

  it('adds up votes on paper and online, and splits them on request', async () => {
    openVote(page.platform);
    page.platform.put(votable('guinguette', 41, 12));
    inSession(page);
    const element = await shown();
    const summary = part(element, 'count').querySelector('summary');
    const { innerText } = part(element, 'count');
    expect([summary?.innerText, innerText.trim()]).to.deep.equal(['53 votes', '53 votes']);
    summary?.click();
    await until(() => /41 en ligne, 12 sur papier/.test(part(element, 'count').innerText), 'the split is not shown');
  });

  for (const [votes, text] of [
    [0, '0 vote'],
    [1, '1 vote'],
    [12_480, '12 480 votes'],
  ] as const)
    it(`counts « ${text} »`, async () => {
      openVote(page.platform);
      page.platform.put(votable('guinguette', votes));
      inSession(page);
      expect(count(await shown())).to.equal(text);
    });

  it('leaves the number and the threshold out where it is compact', async () => {
    const element = await shownButton(
      page,
      { voteThreshold: 100 },
      {},
      'variant="compact" proposal-id="guinguette" step-id="vote"',
    );
    expect(textOf(element)).to.match(/^Voter( Connecté en tant que Lucie Fontaine. J’ai terminé)?$/);
  });

  it('speaks the page’s language', async () => {
    document.documentElement.lang = 'en';
    page.platform.votes.put('guinguette', 'vote');
    const element = await shownButton(page);
    expect(nameOf(control(element))).to.equal(`Vote for ${TITLE}`);
    expect(message(element)).to.equal('You can change your mind until June 14, 2026 at 11:59 PM.');
  });

  it('keeps the button, and the focus on it, while the language changes', async () => {
    const element = await shownButton(page);
    control(element).focus();
    document.documentElement.lang = 'en';
    await until(() => nameOf(control(element)) === `Vote for ${TITLE}`, 'the language stays');
    expect(element.shadowRoot?.activeElement === control(element)).to.be.true;
  });
});

describe('a vote button where the ballot is secret', () => {
  const page = testPage();
  voteChanges();

  for (const [publishedVoteDate, text] of [
    [null, 'Scrutin secret'],
    ['2026-07-01 18:00:00', 'Scrutin secret : résultats le 1 juillet 2026 à 18 h 00'],
  ] as const)
    it(`says « ${text} », and no number anywhere`, async () => {
      openVote(page.platform, { canDisplayBallot: false, publishedVoteDate, voteThreshold: 977 });
      page.platform.put(votable('guinguette', 5_209, 388));
      inSession(page);
      const element = await shown();
      expect(element.matches(':state(secret)')).to.be.true;
      expect(count(element).replace('1er', '1')).to.equal(text);
      const source = element.shadowRoot?.innerHTML ?? '';
      expect(source).not.to.match(/5.?209|5.?597|388|977/);
    });

  it('still takes the vote, and tells the page no number', async () => {
    const changes: unknown[] = [];
    const element = await shownButton(page, { canDisplayBallot: false });
    element.addEventListener('cap-vote-change', ({ detail }) => changes.push(detail));
    control(element).click();
    await inState(element, 'voted');
    expect(changes).to.deep.equal([change('guinguette', true, null)]);
  });
});

describe('a vote button with a threshold', () => {
  const page = testPage();
  voteChanges();

  for (const [votes, words, value] of [
    [41, '41 votes sur les 100 nécessaires', 41],
    [100, 'Seuil de 100 votes atteint', 100],
    [250, 'Seuil de 100 votes atteint', 100],
  ] as const)
    it(`says « ${words} » for ${votes} votes, and draws it`, async () => {
      openVote(page.platform, { voteThreshold: 100 });
      page.platform.put(votable('guinguette', votes));
      inSession(page);
      const element = await shown();
      expect(textOf(part(element, 'threshold'))).to.equal(words);
      const meter = part(element, 'threshold').querySelector('meter');
      expect([meter?.value, meter?.max, meter?.getAttribute('aria-hidden')]).to.deep.equal([value, 100, 'true']);
    });
});
