/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';

import fc from 'fast-check';

import { rawId } from '../../sandbox/platform/ids.js';
import type { StepRow } from '../../sandbox/platform/rows.js';
import { openBooth, refusalOf } from './voting-booth.js';
import type { Answer } from './platform-api.js';

const booth = openBooth();
const { store, users } = booth;
afterEach(() => booth.restore());
after(() => store.close());

test('a double click is one vote: the other request is told that there is one already', async () => {
  const answers = await Promise.all([booth.vote('citizen', 'simple', 0), booth.vote('citizen', 'simple', 0)]);
  const refused = answers.filter((body) => body.errors);
  assert.equal(refused.length, 1);
  assert.equal(refusalOf(refused[0], 'addProposalVote'), 'proposal.vote.already_voted');
  assert.equal(booth.rows('citizen', 'simple').length, 1);
});

test('many tabs at once do not go past the limit, nor past the budget', async () => {
  await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((index) => booth.vote('citizen', 'limited', index)));
  assert.equal(booth.rows('citizen', 'limited').length, 3);
  for (const index of [0, 1, 2, 3]) booth.change('proposal', booth.proposal('budget', index), { estimation: 140_000 });
  await Promise.all([0, 1, 2, 3].map((index) => booth.vote('citizen', 'budget', index)));
  assert.equal(booth.rows('citizen', 'budget').length, 2);
});

test('the same vote withdrawn twice at once is withdrawn once', async () => {
  await booth.vote('citizen', 'simple', 0);
  const answers = await Promise.all([booth.withdraw('citizen', 'simple', 0), booth.withdraw('citizen', 'simple', 0)]);
  assert.deepEqual(answers.map((body) => body.errors?.[0].message).sort(), [
    'You have not voted for this proposal in this step.',
    undefined,
  ]);
});

test('the database itself holds one vote for a person, a proposal and a step', async () => {
  await booth.vote('citizen', 'simple', 0);
  const copy = `INSERT INTO proposal_vote (user_id, proposal_id, step_id, created_at)
    SELECT user_id, proposal_id, step_id, created_at FROM proposal_vote WHERE user_id = ?`;
  assert.throws(() => store.sql.run(copy, users.citizen), /UNIQUE constraint failed/);
});

/** Everything that must hold of somebody's votes in a step, whatever was done before. */
function assertSound(voter: 'citizen' | 'second', key: string): void {
  const step = store.sql.get<StepRow>('SELECT * FROM step WHERE id = ?', rawId(booth.step(key)));
  const rows = booth.rows(voter, key);
  const cast = rows.filter(({ completion_status: status }) => status === 'COMPLETED');
  assert.equal(new Set(rows.map(({ proposal_id: id }) => id)).size, rows.length, 'one vote for each proposal');
  assert.ok(rows.length - cast.length <= 1, 'one vote at most is set aside');
  assert.ok(cast.length <= (step?.votes_limit ?? Infinity));
  const counts = cast.length >= (step?.votes_min ?? 0);
  assert.deepEqual(
    rows.map(({ is_accounted: is }) => is),
    rows.map(({ completion_status: status }) => (counts && status === 'COMPLETED' ? 1 : 0)),
  );
  const spent = store.sql.number(
    `SELECT coalesce(sum(p.estimation), 0) FROM proposal_vote v JOIN proposal p ON p.id = v.proposal_id
      WHERE v.user_id = ? AND v.step_id = ?`,
    users[voter],
    rawId(booth.step(key)),
  );
  if (step?.vote_type === 'BUDGET') assert.ok(spent <= (step.budget ?? 0));
}

function online(key: string, index: number): number {
  return store.sql.number(
    `SELECT count(*) FROM proposal_vote WHERE step_id = ? AND proposal_id = ? AND is_accounted = 1
      AND completion_status = 'COMPLETED' AND published_at IS NOT NULL`,
    rawId(booth.step(key)),
    rawId(booth.proposal(key, index)),
  );
}

const act = fc.record({
  kind: fc.constantFrom('addProposalVote' as const, 'removeProposalVote' as const),
  voter: fc.constantFrom('citizen' as const, 'second' as const),
  key: fc.constantFrom(
    'simple',
    'limited',
    'minimum',
    'budget',
    'ranking',
    'requirements',
    'threshold',
    'closed',
    'future',
  ),
  index: fc.integer({ min: 0, max: 5 }),
});

test('after any acts the votes are sound, and every answer’s count is the database’s', async () => {
  let recorded = 0;
  const run = fc.asyncProperty(fc.array(act, { minLength: 30, maxLength: 60 }), async (acts) => {
    booth.restore();
    for (const { kind, voter, key, index } of acts) {
      const before = online(key, index);
      const counts = `proposal { votes(stepId: "${booth.step(key)}", first: 0) { totalCount } }`;
      const body: Answer =
        kind === 'addProposalVote'
          ? await booth.vote(voter, key, index, `vote { isAccounted ${counts} }`)
          : await booth.withdraw(voter, key, index, counts);
      const payload = body.data[kind];
      const proposal = kind === 'addProposalVote' ? payload?.vote?.proposal : payload?.proposal;
      const after = online(key, index);
      if (!proposal) assert.equal(after, before, 'a refusal changes nothing');
      else {
        recorded++;
        assert.equal(proposal.votes.totalCount, after);
        if (kind === 'addProposalVote') assert.equal(after - before, payload.vote.isAccounted ? 1 : 0);
        else assert.ok(before - after === 0 || before - after === 1);
      }
      assertSound(voter, key);
    }
  });
  await fc.assert(run, { numRuns: 40, seed: 42 });
  assert.ok(recorded > 500, `only ${recorded} acts were carried out`);
  assert.deepEqual(booth.masked, []);
});
