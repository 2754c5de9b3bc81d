import { expect } from '@open-wc/testing';

import { handoff as texts } from '../../src/i18n/locales/fr/handoff.js';
import { CITY, handoffPage, state } from '../support/handoff-page.js';
import { inState, nextTask, type Widget } from '../support/page.js';
import { byRole, textOf } from '../support/perceive.js';
import { openWays } from '../support/sign-in.js';
import { votingStep } from '../support/voting-fixtures.js';

describe('what a hand-over answers', () => {
  const visit = handoffPage();
  const { page, told, open, confirmable } = visit;
  const cancelled = {
    message: { source: 'cap-widgets', state, status: 'cancelled', signedIn: false, votes: [], results: [] },
    origin: CITY,
  };
  const all = { action: 'ballot', proposalIds: ['guinguette', 'jardin', 'frigos'] } as const;
  const closed = {
    timeRange: { startAt: '2026-04-20 09:00:00', endAt: '2026-05-01 00:00:00' },
    state: 'CLOSED',
    canDisplayBallot: false,
  };
  /** Presses a button of a page whose window stays: it is not the one that was opened for the request. */
  function cancel(element: Widget, name: string): void {
    // The answer is told before the window leaves.
    const assign = (event: Event): void => event.preventDefault();
    addEventListener('beforeunload', assign);
    byRole(element, 'button', name).click();
    removeEventListener('beforeunload', assign);
  }
  beforeEach(() => {
    // So that the window takes itself for the one that was opened, and closes instead of leaving the test.
    window.name = `cap-handoff-${state}`;
    const close = (): void => void Object.defineProperty(window, 'closed', { value: true, configurable: true });
    Object.defineProperty(window, 'close', { value: close, configurable: true });
  });
  afterEach(() => {
    window.name = '';
    Reflect.deleteProperty(window, 'closed');
    Reflect.deleteProperty(window, 'close');
  });

  for (const [name, prepare, button, stage] of [
    [
      'a secret ballot whose votes are there',
      () => page.platform.votes.put('guinguette', 'vote'),
      texts.cancel,
      'confirm',
    ],
    ['one without votes', () => undefined, texts.cancel, 'confirm'],
    [
      'a closed one',
      () => page.platform.put(votingStep('vote', closed)),
      `Revenir sur ${new URL(CITY).host}`,
      'blocked',
    ],
    [
      'a closed one whose votes are there',
      () => {
        page.platform.put(votingStep('vote', closed));
        page.platform.votes.put('guinguette', 'vote');
        page.platform.votes.put('jardin', 'vote');
      },
      `Revenir sur ${new URL(CITY).host}`,
      'blocked',
    ],
    ['a stranger', () => void openWays(page.platform), texts.cancel, 'sign-in'],
  ] as const)
    it(`is the same for everybody who cancels: ${name}`, async () => {
      prepare();
      const element = open(all);
      await inState(element, stage);
      await nextTask();
      expect(told).to.be.empty;
      cancel(element, button);
      expect(told).to.deep.equal([cancelled]);
    });

  it('is what this confirm has recorded, and not what was there before', async () => {
    page.platform.votes.put('jardin', 'vote');
    const element = await confirmable(all);
    byRole(element, 'button', texts['confirm.ballot']).click();
    await inState(element, 'done');
    const { votes, results } = told[0]?.message as { votes: { proposalId: string }[]; results: { id: string }[] };
    expect(votes.map(({ proposalId }) => proposalId)).to.deep.equal(['guinguette', 'frigos']);
    expect(results.map(({ id }) => id)).to.deep.equal(['guinguette', 'frigos']);
  });

  it('has no count where the ballot is secret', async () => {
    page.platform.put(votingStep('vote', { canDisplayBallot: false, publishedVoteDate: '2026-07-01 00:00:00' }));
    const element = await confirmable();
    byRole(element, 'button', texts['confirm.vote']).click();
    await inState(element, 'done');
    expect(told[0]?.message['results']).to.deep.equal([
      { kind: 'proposal', id: 'guinguette', value: 'for', counts: null, accounted: true, code: null },
    ]);
  });

  it('is not given for another request with the same secret in this window', async () => {
    const element = await confirmable();
    byRole(element, 'button', texts['confirm.vote']).click();
    await inState(element, 'done');
    element.remove();
    const second = open({ proposalIds: ['jardin'] });
    await inState(second, 'confirm');
    expect(told).to.have.length(1);
    await visit.armed(second);
    byRole(second, 'button', texts['confirm.vote']).click();
    await inState(second, 'done');
    expect(page.platform.votes.in('vote').map(({ proposalId }) => proposalId)).to.deep.equal(['guinguette', 'jardin']);
    expect(told).to.have.length(2);
  });

  it('goes by the address where there is no page to tell, which has a secret and one word', async () => {
    window.opener = null;
    const element = open({ returnUrl: `${CITY}/budget?page=2#votes` });
    await inState(element, 'claimed');
    byRole(element, 'button', texts['confirm.claimed']).click();
    await inState(element, 'confirm');
    await visit.armed(element);
    byRole(element, 'button', texts['confirm.vote']).click();
    await inState(element, 'done');
    expect(told).to.be.empty;
    const link = byRole(element, 'link', `Revenir sur ${new URL(CITY).host}`);
    expect(link.getAttribute('href')).to.equal(`${CITY}/budget?page=2#cap-handoff=${state}.done`);
    expect(textOf(element)).to.contain(
      texts['return.needed'].replace('{host}', new URL(CITY).host).replaceAll('\u00a0', ' '),
    );
  });

  it('goes by a message alone where there is one to tell', async () => {
    const element = await confirmable();
    byRole(element, 'button', texts['confirm.vote']).click();
    await inState(element, 'done');
    const link = byRole(element, 'link', `Revenir sur ${new URL(CITY).host}`);
    expect(link.getAttribute('href')).to.equal(`${CITY}/budget`);
  });
});
