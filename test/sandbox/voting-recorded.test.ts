/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access
   -- answers are looked into as they come: what they hold is what these tests assert. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, afterEach, test } from 'node:test';

import { openBooth } from './voting-booth.js';

const recordings = new URL('../../../shared/platform/responses/', import.meta.url);
const skip = existsSync(recordings) ? false : 'the recorded answers are not beside the project';

const booth = openBooth();
const { store, users } = booth;
afterEach(() => booth.restore());
after(() => store.close());

interface Recording {
  readonly query: string;
  readonly fidelity: string;
  readonly response: unknown;
}

/** What these hold is the same on every platform; elsewhere only the kind of a value is. */
const literal = new Set([
  'message',
  'category',
  'path',
  'errorCode',
  'ranking',
  'anonymous',
  'isAccounted',
  'published',
]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where an answer differs in shape from a recorded one. */
function differences(ours: unknown, theirs: unknown, partial: boolean, place = 'answer'): string[] {
  const name = place.split('.').at(-1) ?? '';
  if (theirs === 'Any<Array>') return Array.isArray(ours) ? [] : [`${place} is no list`];
  if (Array.isArray(theirs) && name !== 'path') {
    if (!Array.isArray(ours) || ours.length !== theirs.length) return [`${place} is not a list of ${theirs.length}`];
    return theirs.flatMap((item, i) => differences(ours[i], item, partial, `${place}.${i}`));
  }
  if (isRecord(theirs)) {
    if (!isRecord(ours)) return [`${place} is no object`];
    const more = Object.keys(ours).filter((key) => !partial && !(key in theirs));
    return [
      ...more.map((key) => `${place}.${key} is not recorded`),
      ...Object.entries(theirs).flatMap(([key, value]) => differences(ours[key], value, partial, `${place}.${key}`)),
    ];
  }
  const same =
    literal.has(name) || theirs === null
      ? JSON.stringify(ours) === JSON.stringify(theirs)
      : typeof ours === typeof theirs;
  return same ? [] : [`${place}: ${JSON.stringify(ours)}, recorded as ${JSON.stringify(theirs)}`];
}

/** Sends the recorded document with an input of our own, and compares the answers. */
function replay(name: string, title: string, prepare: () => object | Promise<object>): void {
  test(title, { skip }, async () => {
    const file = new URL(`${name}.json`, recordings);
    const { query, response, fidelity } = JSON.parse(readFileSync(file, 'utf8')) as Recording;
    const variables = { ...(await prepare()) } as Record<string, unknown>;
    const answer = await booth.ask('internal', query, { variables, userId: users.citizen });
    assert.deepEqual(differences(answer, response, fidelity.startsWith('partial')), []);
  });
}

const on = (key: string, index = 0) => {
  const { step, proposal } = booth.choice(key, index);
  return { input: { stepId: step, proposalId: proposal } };
};

replay('mutation-add-proposal-vote-ok', 'a vote is answered as it was recorded', () => on('simple'));
replay('mutation-add-proposal-vote-below-min', 'so is one below the minimum', () => on('minimum'));
replay('mutation-add-proposal-vote-contribution-not-allowed', 'so is one on a closed step', () => on('closed'));
replay('mutation-add-proposal-vote-not-votable', 'so is one where nothing is voted', () => {
  booth.change('step', booth.step('simple'), { vote_type: 'DISABLED' });
  return on('simple');
});
replay('mutation-add-proposal-vote-wrong-step', 'so is one in the wrong step', () => ({
  input: { stepId: booth.step('simple'), proposalId: booth.proposal('limited', 0) },
}));
replay('mutation-add-proposal-vote-with-requirements-ok', 'so is one that meets the requirements', () => {
  booth.change('user', users.citizen, { phone: '+33639980077', phone_confirmed: 1 });
  store.sql.run(
    `INSERT INTO user_requirement (user_id, requirement_id) SELECT ?, id FROM requirement WHERE type = 'CHECKBOX'`,
    users.citizen,
  );
  return on('requirements');
});

replay('mutation-remove-proposal-vote-not-voted', 'a withdrawal without a vote is answered as recorded', () =>
  on('simple'),
);
replay('mutation-remove-proposal-vote-step-closed', 'so is one on a closed step', async () => {
  await booth.vote('citizen', 'simple', 0);
  booth.change('step', booth.step('simple'), { end_at: store.now() - 1 });
  return on('simple');
});
replay('mutation-remove-proposal-vote-no-longer-accounted', 'so is one after which nothing counts', async () => {
  for (const index of [0, 1, 2]) await booth.vote('citizen', 'minimum', index);
  return on('minimum');
});

async function voteFor(key: string, ...indexes: number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const index of indexes) ids.push((await booth.vote('citizen', key, index)).data.addProposalVote.vote.id);
  return ids;
}

replay('mutation-update-proposal-votes-anonymous', 'a list that hides a name is answered as recorded', async () => {
  const [id] = await voteFor('simple', 0);
  return { input: { step: booth.step('simple'), votes: [{ id, anonymous: true }] } };
});
replay('mutation-update-proposal-votes-delete-all', 'so is an empty list', async () => {
  await voteFor('simple', 0);
  return { input: { step: booth.step('simple'), votes: [] } };
});

async function reordered(): Promise<object> {
  const [first, second, third] = await voteFor('ranking', 0, 1, 2);
  const votes = [second, third, first].map((id) => ({ id, anonymous: false }));
  const step = booth.step('ranking');
  return { input: { step, votes }, stepId: step, isAuthenticated: true };
}
replay('mutation-update-proposal-votes-reorder-points', 'so is a new order with its points', reordered);
replay('mutation-update-proposal-votes-rewrites-ranking', 'so is a new order with its places', async () => {
  const { input } = (await reordered()) as { input: object };
  return { input };
});

const tick = (value: boolean) => () => {
  const row = store.sql.get<{ id: string }>("SELECT id FROM requirement WHERE type = 'CHECKBOX'");
  return {
    input: { values: [{ requirementId: Buffer.from(`Requirement:${row?.id ?? ''}`).toString('base64'), value }] },
  };
};
replay('mutation-update-requirement-accept', 'a ticked box is answered as recorded', tick(true));
replay('mutation-update-requirement-decline', 'so is a cleared one', tick(false));

test('a difference in shape is found', () => {
  const recorded = { data: { list: [{ id: 'Any<String>', isAccounted: true }], none: null }, errors: 'Any<Array>' };
  const answer = { data: { list: [{ id: 7, isAccounted: false }], none: 0, more: 1 }, errors: {} };
  assert.deepEqual(differences(answer, recorded, false), [
    'answer.data.more is not recorded',
    'answer.data.list.0.id: 7, recorded as "Any<String>"',
    'answer.data.list.0.isAccounted: false, recorded as true',
    'answer.data.none: 0, recorded as null',
    'answer.errors is no list',
  ]);
  assert.deepEqual(differences([], [1], false), ['answer is not a list of 1']);
});
