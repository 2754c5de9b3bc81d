import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import type { ErrorCode } from '../../src/core/errors.js';
import { inState, nextTask, place, testPage, until, within } from '../support/page.js';
import { announced, focused, textOf } from '../support/perceive.js';
import {
  change,
  control,
  count,
  done,
  inSession,
  message,
  press,
  pressed,
  shownButton,
  TAG,
  voteButton,
  voteChanges,
} from '../support/voting.js';
import { openVote, votable } from '../support/voting-fixtures.js';

const VOTED = change('guinguette', true, 42);

describe('pressing a vote button', () => {
  const page = testPage();
  const changes = voteChanges();

  it('records a vote, shows it, says it and tells the page, in this order: after the platform', async () => {
    const element = await shownButton(page);
    const answer = page.platform.hold();
    control(element).click();
    await inState(element, 'pending');
    expect(message(element)).to.equal('Enregistrement de votre choix…');
    expect(control(element).getAttribute('aria-disabled')).to.equal('true');
    expect([pressed(element), count(element)], 'It is shown before it is recorded.').to.deep.equal([
      'false',
      '41 votes',
    ]);
    await nextTask();
    expect(changes).to.be.empty;
    answer();
    await inState(element, 'voted');
    expect([pressed(element), count(element)]).to.deep.equal(['true', '42 votes']);
    expect(message(element)).to.equal('Votre vote est enregistré.');
    expect(changes).to.deep.equal([VOTED]);
    await until(() => announced('status') === 'Votre vote est enregistré.', 'nobody hears of it');
    expect(page.platform.mutations).to.have.length(1);
    expect(page.platform.votes.votes).to.have.length(1);
  });

  it('takes a vote back with the same button, by the keyboard, which keeps its place', async () => {
    const element = await shownButton(page);
    control(element).focus();
    await sendKeys({ press: 'Enter' });
    await inState(element, 'voted');
    await done(element);
    expect(focused() === control(element)).to.be.true;
    await sendKeys({ press: 'Enter' });
    await until(() => pressed(element) === 'false', 'the vote stays');
    await done(element);
    expect(focused() === control(element)).to.be.true;
    expect(message(element)).to.equal('Votre vote est retiré.');
    expect(count(element)).to.equal('41 votes');
    expect(changes).to.deep.equal([VOTED, change('guinguette', false, 41)]);
    expect(page.platform.votes.votes).to.be.empty;
    await until(() => announced('status') === 'Votre vote est retiré.', 'nobody hears of it');
  });

  for (const [attribute, anonymously] of [
    ['', true],
    ['public-vote', false],
  ] as const)
    it(`is ${anonymously ? 'anonymous unless the page says otherwise' : 'under the visitor’s name where it says so'}`, async () => {
      const element = await shownButton(page, {}, {}, `proposal-id="guinguette" step-id="vote" ${attribute}`);
      await press(element);
      expect(page.platform.votes.votes[0]?.anonymously).to.equal(anonymously);
    });

  it('twice quickly is one mutation', async () => {
    const element = await shownButton(page);
    const answer = page.platform.hold();
    control(element).click();
    control(element).click();
    await inState(element, 'pending');
    control(element).click();
    answer();
    await done(element);
    expect(page.platform.mutations).to.have.length(1);
    expect(changes).to.have.length(1);
    expect(pressed(element)).to.equal('true');
  });

  it('on two buttons for the same proposal is one mutation', async () => {
    openVote(page.platform);
    inSession(page);
    const main = place(voteButton() + voteButton());
    const [first, second] = [...main.children];
    if (!first || !second) throw new Error('The buttons are not there.');
    for (const element of main.children) await inState(element, 'ready');
    control(first).click();
    control(second).click();
    for (const element of main.children) await inState(element, 'voted');
    for (const element of main.children) await done(element);
    expect(page.platform.mutations).to.have.length(1);
  });

  it('counts a vote below the minimum as recorded and not counted, and the others with it once it is reached', async () => {
    openVote(page.platform, { votesMin: 2 });
    page.platform.put(votable('frigos', 10));
    page.platform.votes.record({ isAccounted: false });
    inSession(page);
    const main = place(voteButton() + voteButton('proposal-id="frigos" step-id="vote"'));
    const first = within(main, '[proposal-id=guinguette]');
    const second = within(main, '[proposal-id=frigos]');
    for (const element of [first, second]) await inState(element, 'ready');
    await press(first);
    await until(() => message(first) === 'Encore 1 projet à choisir pour que vos votes comptent.', 'it counts already');
    expect(changes).to.deep.equal([change('guinguette', true, 41, false)]);
    page.platform.votes.record({ isAccounted: true });
    page.platform.votes.change('vote', { isAccounted: true });
    await press(second);
    await until(() => !first.matches(':state(not-counted)'), 'the first vote does not count');
    expect(count(first)).to.equal('42 votes');
  });

  it('blocks the other proposals when the votes are used up, and frees them again', async () => {
    openVote(page.platform, { votesLimit: 1 });
    page.platform.put(votable('frigos', 10));
    inSession(page);
    const main = place(voteButton() + voteButton('proposal-id="frigos" step-id="vote"'));
    const first = within(main, '[proposal-id=guinguette]');
    const second = within(main, '[proposal-id=frigos]');
    for (const element of [first, second]) await inState(element, 'ready');
    await press(first);
    await inState(second, 'blocked');
    expect(message(second)).to.match(/^Vous avez utilisé votre vote/);
    await press(first);
    await until(() => !second.matches(':state(blocked)'), 'it stays blocked');
  });
});

describe('a vote that is refused', () => {
  const page = testPage();
  const changes = voteChanges();

  const cases: readonly [reason: { message: string } | { errorCode: string }, code: ErrorCode, text: RegExp][] = [
    [{ message: 'You have reached the limit of votes.' }, 'vote-limit-reached', /n’accepte pas ce vote/],
    [{ message: 'proposal.vote.not_enough_credits' }, 'not-enough-budget', /n’accepte pas ce vote/],
    [{ message: 'This step is no longer contributable.' }, 'step-closed', /^Le vote est terminé/],
    [{ message: 'This step is not votable.' }, 'not-votable', /^On ne peut pas voter/],
    [{ message: 'Unknown step with id: vote' }, 'not-found', /n’accepte pas ce vote/],
    [{ message: 'proposal.vote.email_belongs_to_user' }, 'contribution-not-allowed', /n’accepte pas ce vote/],
    [{ message: 'You dont meets all the requirements.' }, 'requirements-missing', /quelques informations/],
    [{ errorCode: 'CONTRIBUTION_NOT_ALLOWED' }, 'contribution-not-allowed', /n’accepte pas ce vote/],
    [{ errorCode: 'PHONE_ALREADY_USED' }, 'phone-already-used', /déjà servi pour voter/],
  ];
  for (const [reason, code, text] of cases)
    it(`${JSON.stringify(reason)} is ${code}: the page is told, the visitor reads and hears why, nothing is shown as recorded`, async () => {
      const element = await shownButton(page);
      page.platform.votes.refuse(reason);
      control(element).focus();
      await press(element);
      expect(page.events.at(-1)).to.deep.equal({ type: 'cap-error', tag: TAG, code, retryable: false });
      expect(message(element)).to.match(text);
      await until(() => text.test(announced('alert')), 'nobody hears of it');
      expect([pressed(element), count(element)]).to.deep.equal(['false', '41 votes']);
      expect(focused() === control(element)).to.be.true;
      expect(changes).to.be.empty;
      expect(textOf(element)).not.to.match(/step|proposal\.|You |[A-Z]_/);
    });

  it('can be tried again, and then is', async () => {
    const element = await shownButton(page);
    page.platform.votes.refuse({ errorCode: 'PHONE_ALREADY_USED' });
    await press(element);
    page.platform.votes.refuse(null);
    await press(element);
    expect(message(element)).to.equal('Votre vote est enregistré.');
    expect(changes).to.deep.equal([VOTED]);
  });

  it('tells of the same refusal again when it comes again', async () => {
    const element = await shownButton(page);
    page.platform.votes.refuse({ errorCode: 'PHONE_ALREADY_USED' });
    await press(element);
    await press(element);
    expect(page.events.filter(({ type }) => type === 'cap-error')).to.have.length(2);
  });

  it('keeps a recorded vote in sight when a withdrawal is refused', async () => {
    page.platform.votes.put('guinguette', 'vote');
    const element = await shownButton(page);
    page.platform.votes.refuse({ message: 'This step is no longer contributable.' });
    await press(element);
    expect([pressed(element), count(element)]).to.deep.equal(['true', '42 votes']);
    expect(changes).to.be.empty;
  });
});
