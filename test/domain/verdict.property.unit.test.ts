import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import fc from 'fast-check';

import { doorOf, judge, obstacleTo, type Ballot, type Verdict } from '../../src/domain/verdict.js';
import { many, SEED } from '../support/sample.js';
import { anyAct, anyRules, HOUR, NOW, SIZE, type Act } from './verdict.arbitrary.js';
import { answerTo, LAX, meet, met, OBSTACLES } from './verdict.laxness.js';
import { ballotOf, proposalOf, type Recorded, type Rules } from './verdict.rules.js';
import { Scene } from './verdict.scene.js';

const scene = new Scene(SIZE);
after(() => scene.close());

/** What the page believes to be recorded. */
interface Belief {
  chosen: { readonly proposal: number; position: number | null }[];
  /** The vote that was set aside for what it lacks. */
  aside: number | null;
}

const byPosition = (chosen: Belief['chosen']): Belief['chosen'] =>
  [...chosen].sort((a, b) => (a.position ?? 0) - (b.position ?? 0));

function meetsAll({ requirements, voter }: Rules): boolean {
  return requirements.every((type) =>
    type === 'EMAIL_VERIFIED'
      ? voter.emailConfirmed
      : type === 'ZIP_CODE'
        ? voter.zipCode
        : voter.ticked && voter.account,
  );
}

/** Holds what the page believes and concludes against what the platform has and reckons. */
function compare(belief: Belief, rules: Rules): { readonly verdict: Verdict; readonly votes: readonly Recorded[] } {
  const recorded = scene.read();
  const { votes } = recorded;
  assert.deepEqual(
    votes.map(({ proposal: index, position }) => ({ proposal: index, position })),
    belief.chosen,
    'what is chosen, in its order',
  );
  const chosen = votes.map((one) => ({ proposal: one.proposal, recorded: one }));
  const verdict = judge(ballotOf(rules, chosen), scene.now, {
    stage: 'recorded',
    waitsFor: rules.voter.account && !rules.voter.emailConfirmed ? 'email' : null,
  });
  assert.equal(verdict.votesUsed, votes.length);
  // The platform cuts off the cents that the page shows.
  assert.equal(Math.trunc(verdict.spent), recorded.spent, 'money spent');
  if (verdict.left !== null) assert.equal(Math.ceil(verdict.left), recorded.left, 'money left');
  const counts = votes.length > 0 && votes.every(({ accounted, published }) => accounted && published);
  assert.equal(verdict.counts, counts, 'whether the ballot counts');
  assert.equal(new Set(votes.map(({ accounted }) => accounted)).size, votes.length > 0 ? 1 : 0, 'all count, or none');
  const inPlace = votes.every(({ position }, place) => position === place);
  const points = verdict.choices.reduce((sum, choice) => sum + (choice.points ?? 0), 0);
  if (inPlace || !rules.ranking) assert.equal(points, recorded.points, 'points');
  else meet('a withdrawal leaves a gap, and points go by it');
  meet(`a ballot that is ${verdict.state}`);
  meet(counts ? 'a ballot that counts' : 'a ballot that does not count');
  return { verdict, votes };
}

function act(one: Act, belief: Belief, rules: Rules): Rules {
  const before = compare(belief, rules);
  const ballot = ballotOf(
    rules,
    before.votes.map((vote) => ({ proposal: vote.proposal, recorded: vote })),
  );
  switch (one.kind) {
    case 'wait':
      scene.now += one.hours * HOUR;
      return rules;
    case 'tick':
      if (rules.voter.account && rules.requirements.includes('CHECKBOX')) scene.tick();
      return { ...rules, voter: { ...rules.voter, ticked: true } };
    case 'price':
      return change(one.proposal, { cost: one.cost }, rules);
    case 'archive':
      return change(one.proposal, { archived: true }, rules);
    case 'again':
      again(one.proposal, before.votes);
      return rules;
    case 'arrange':
      arrange(one, before.votes, belief, rules);
      return rules;
    case 'press':
      if (belief.aside === one.proposal || belief.chosen.some((choice) => choice.proposal === one.proposal))
        withdraw(one.proposal, ballot, belief, rules);
      else choose(one.proposal, ballot, before.verdict, belief, rules);
      return rules;
  }
}

/** Staff change a proposal while people vote. */
function change(index: number, fields: Partial<Rules['proposals'][number]>, rules: Rules): Rules {
  const changed = withProposal(rules, index, fields);
  const proposal = changed.proposals[index];
  if (proposal) scene.change(index, proposal);
  return changed;
}

const withProposal = (rules: Rules, index: number, fields: Partial<Rules['proposals'][number]>): Rules => ({
  ...rules,
  proposals: rules.proposals.map((one, i) => (i === index ? { ...one, ...fields } : one)),
});

function choose(index: number, ballot: Ballot, verdict: Verdict, belief: Belief, rules: Rules): void {
  const expected = answerTo(index, ballot, rules, scene.now);
  const answer = scene.add(index);
  meet(`a vote: ${expected ?? 'accepted'}`);
  if (answer.refusal !== null) {
    assert.notEqual(expected, null, `refused: ${answer.refusal}`);
    assert.ok(expected && OBSTACLES[answer.refusal]?.includes(expected), `${answer.refusal}, not ${expected ?? ''}`);
    return;
  }
  assert.equal(expected, null, 'accepted');
  // Requirements are looked at once a vote makes the ballot count. Without them it is set aside, and the one before it dropped.
  if (verdict.missing > 1 || meetsAll(rules)) {
    belief.chosen = byPosition([
      ...belief.chosen,
      { proposal: index, position: rules.ranking ? belief.chosen.length : null },
    ]);
    belief.aside = null;
  } else {
    meet('a vote that is set aside');
    belief.aside = index;
  }
}

function withdraw(index: number, ballot: Ballot, belief: Belief, rules: Rules): void {
  const own = { accounted: false, waitsFor: null, finishUrl: null };
  const strict = obstacleTo(proposalOf(rules, index, own), ballot, scene.now);
  // Pages leave votes for archived projects and in steps that are no longer voted in as they are; the platform looks at dates alone.
  const open = withProposal(rules, index, { archived: false });
  const votable = { ...ballot, step: { ...ballot.step, votable: true } };
  const lax = obstacleTo(proposalOf(open, index, own), votable, scene.now);
  if (strict !== lax) meet('a withdrawal is judged by dates alone');
  const { refusal } = scene.remove(index);
  meet(`a withdrawal: ${lax ?? 'accepted'}`);
  assert.equal(refusal, lax === null ? null : 'This step is no longer contributable.');
  if (lax !== null) return;
  if (belief.aside === index) belief.aside = null;
  else belief.chosen = belief.chosen.filter((choice) => choice.proposal !== index);
}

/** Whoever has a vote gets no second one, whatever the reason given. */
function again(index: number, votes: readonly Recorded[]): void {
  if (!votes.some((one) => one.proposal === index)) return;
  const { refusal } = scene.add(index);
  assert.notEqual(refusal, null);
  meet(`a second vote: ${refusal ?? ''}`);
}

/** The list is the whole ballot: what it leaves out is deleted, and with it the vote that was set aside. */
function arrange(
  { shuffle, keep }: Extract<Act, { kind: 'arrange' }>,
  votes: readonly Recorded[],
  belief: Belief,
  rules: Rules,
): void {
  const shuffled = votes
    .map((one, i) => ({ one, key: shuffle[i] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one)
    .slice(0, keep);
  const leavesOut = shuffled.length < votes.length || belief.aside !== null;
  const open = isOpen(rules);
  const { refusal } = scene.arrange(shuffled.map(({ id }) => id));
  if (!open) {
    assert.equal(refusal, leavesOut ? 'This step is not contribuable.' : null);
    meet(`an order on a closed step: ${refusal ?? 'kept as it was'}`);
    return;
  }
  assert.equal(refusal, null);
  meet('an order that is taken');
  belief.aside = null;
  const place = new Map(shuffled.map((one, i) => [one.proposal, i]));
  const kept = belief.chosen.filter((choice) => place.has(choice.proposal));
  belief.chosen = byPosition(
    kept.map((choice) => ({ ...choice, position: rules.ranking ? (place.get(choice.proposal) ?? null) : null })),
  );
}

/** By its dates alone: the list may be sent even where the vote has been switched off. */
const isOpen = (rules: Rules): boolean => doorOf(ballotOf({ ...rules, voteType: 'SIMPLE' }), scene.now) === null;

test('the page’s verdict on thousands of ballots is what the platform accepts, act by act', () => {
  fc.assert(
    fc.property(anyRules, fc.array(anyAct, { minLength: 1, maxLength: 12 }), (given, acts) => {
      scene.set(given, NOW);
      const belief: Belief = { chosen: [], aside: null };
      let rules = given;
      for (const one of acts) rules = act(one, belief, rules);
      compare(belief, rules);
    }),
    { numRuns: many({ sample: 2500, whole: 10_000 }), seed: SEED },
  );
});

/** What is found out of a whole draft by sending it, vote by vote. */
function send(draft: readonly number[]): { readonly refused: readonly number[]; readonly counts: boolean } {
  const refused = draft.filter((index) => scene.add(index).refusal !== null);
  const { votes } = scene.read();
  return { refused, counts: votes.length > 0 && votes.every(({ accounted, published }) => accounted && published) };
}

/** Whatever is suggested does what it is suggested for. */
function advise(ballot: Ballot, { suggestions }: Verdict): void {
  const without = (gone: Verdict['suggestions']): string =>
    judge({ ...ballot, chosen: ballot.chosen.filter((choice) => !gone.includes(choice)) }, NOW).state;
  assert.ok(suggestions.length > 0);
  const alone = suggestions.every((one) => without([one]) !== 'over-budget');
  assert.ok(alone || without(suggestions) !== 'over-budget', 'the money is enough without them');
  meet(alone ? 'advice to give up one of some' : 'advice to give up some together');
}

test('a draft that the page calls valid is taken whole, and one that it does not is not', () => {
  fc.assert(
    fc.property(anyRules, fc.shuffledSubarray([...Array(SIZE).keys()]), (rules, draft) => {
      scene.set(rules, NOW);
      const ballot = ballotOf(
        rules,
        draft.map((index) => ({ proposal: index })),
      );
      const verdict = judge(ballot, NOW);
      if (verdict.state === 'over-budget') advise(ballot, verdict);
      const { refused, counts } = send(draft);
      meet(`a draft that is ${verdict.state}`);
      const able = verdict.valid || verdict.state === 'incomplete' || verdict.state === 'empty';
      if (able) assert.deepEqual(refused, [], 'taken whole');
      // Votes that are set aside take no place and no money, and so leave room for what would be too much.
      const exact = meetsAll(rules) && !Object.values(LAX).some(({ applies }) => applies(rules, ballot));
      if (exact && !able) assert.ok(draft.length === 0 || refused.length > 0, 'not taken whole');
      if (meetsAll(rules) && able) {
        assert.equal(
          counts,
          verdict.counts && (!rules.voter.account || rules.voter.emailConfirmed),
          'whether it counts',
        );
        meet('a whole draft that is taken');
      }
      if (!exact || verdict.state !== 'over-budget' || rules.votesLimit !== null) return;
      const tooDear = draft.filter((_, place) => (verdict.choices[place]?.excess ?? 0) > 0);
      assert.deepEqual(refused, tooDear, 'what does not fit');
      meet('a draft that is too dear, choice by choice');
    }),
    { numRuns: 5000 },
  );
});

test('nothing is proved by its absence: all of it was met', () => {
  const what = [
    ...Object.keys(LAX),
    ...[
      'accepted',
      'archived',
      'not-votable',
      'step-future',
      'step-closed',
      'vote-limit-reached',
      'not-enough-budget',
    ].map((answer) => `a vote: ${answer}`),
    ...['accepted', 'step-closed'].map((answer) => `a withdrawal: ${answer}`),
    'a withdrawal is judged by dates alone',
    'a withdrawal leaves a gap, and points go by it',
    'a vote that is set aside',
    'an order that is taken',
    'an order on a closed step: kept as it was',
    'an order on a closed step: This step is not contribuable.',
    ...['full', 'valid', 'incomplete', 'over-budget'].map((state) => `a ballot that is ${state}`),
    ...['full', 'valid', 'incomplete', 'over-budget', 'over-limit', 'lost'].map((state) => `a draft that is ${state}`),
    'a ballot that counts',
    'a whole draft that is taken',
    'a draft that is too dear, choice by choice',
    'advice to give up one of some',
    'advice to give up some together',
  ];
  assert.deepEqual(
    what.filter((name) => !met.has(name)),
    [],
  );
});
