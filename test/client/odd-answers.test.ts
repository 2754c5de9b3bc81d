import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, suite, test } from 'node:test';

import { CapClient } from '../../src/client/client.js';
import { useClock } from '../../src/core/clock.js';
import { ApiError } from '../../src/core/errors.js';
import {
  contributionRecord,
  eventRecord,
  lastChangeOf,
  projectRecord,
  proposalRecord,
  stepRecord,
} from '../../src/sync/records.js';
import { HurriedClock } from '../platform/http-platform.js';
import { shortened, spoilt } from '../support/odd.js';
import { many } from '../support/sample.js';
import { all, startTown } from './support.js';

const town = await startTown();
after(() => town.sandbox.stop());
beforeEach(() => new HurriedClock());
afterEach(() => useClock());

/** Entries that are left of each list in an answer. */
const LENGTH = many({ sample: 1, whole: 2 });

const origin = { source: town.url, licence: 'Licence', timeZone: 'Europe/Paris' };
const { projects, steps, consultations } = town.state;

/** All that a program can read, up to what the files hold of it. */
const readings: Readonly<Record<string, (client: CapClient) => Promise<unknown>>> = {
  projects: async (client) => {
    for (const project of await all(client.projects({ first: 2 }))) {
      lastChangeOf(projectRecord(project, origin));
      for (const step of project.steps) stepRecord(step, project, origin);
    }
  },
  'a project': (client) => client.project(String(projects['budget'])),
  steps: (client) => all(client.steps(String(projects['budget']))),
  events: async (client) =>
    (await all(client.events({ first: 2 }))).map((event) => lastChangeOf(eventRecord(event, origin))),
  proposals: async (client) =>
    (await all(client.proposals(String(steps['budget']), { first: 2 }))).map((proposal) =>
      lastChangeOf(proposalRecord(proposal, origin)),
    ),
  contributions: async (client) =>
    (await all(client.contributions(String(consultations['main']), { first: 2, includeTrashed: true }))).map((said) =>
      lastChangeOf(contributionRecord(said, origin)),
    ),
  'a count': (client) => client.count({ kind: 'step', id: String(steps['budget']) }, 'votes'),
};

/** Answers to the questions of one reading, in their order, as the sandbox gives them. */
async function record(read: (client: CapClient) => Promise<unknown>): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  const send: typeof fetch = async (input, init) => {
    const place = answers.push(null) - 1;
    const answer = shortened(await (await fetch(input, init)).json(), LENGTH);
    answers[place] = answer;
    return Response.json(answer);
  };
  await read(new CapClient({ platform: town.url, fetch: send }));
  return answers;
}

/** Reads again, with one of the answers replaced. */
async function readWith(
  read: (client: CapClient) => Promise<unknown>,
  answers: readonly unknown[],
  place: number,
  body: string,
): Promise<void> {
  let asked = 0;
  const send: typeof fetch = () => {
    const turn = asked++;
    const text = turn === place ? body : JSON.stringify(answers[turn] ?? { data: null });
    return Promise.resolve(new Response(text, { headers: { 'Content-Type': 'application/json' } }));
  };
  try {
    await read(new CapClient({ platform: town.url, fetch: send }));
  } catch (reason) {
    assert.ok(reason instanceof ApiError, `${body.slice(0, 2000)}\n${(reason as Error).stack ?? String(reason)}`);
  }
  assert.ok(asked < answers.length + 10, `It asks and asks: ${body.slice(0, 2000)}`);
}

suite('an answer that is odd in one place', () => {
  for (const [name, read] of Object.entries(readings))
    test(`is read, or refused with a code: ${name}`, { timeout: 600_000 }, async () => {
      const answers = await record(read);
      assert.ok(answers.length > 0);
      let tried = 0;
      for (const [place, answer] of answers.entries())
        for (const body of spoilt(answer)) {
          await readWith(read, answers, place, JSON.stringify(body) ?? '');
          tried++;
        }
      assert.ok(tried > 100, String(tried));
    });

  test('is refused with a code when it is deeper than any answer', async () => {
    const read = readings['projects'];
    assert.ok(read);
    const answers = await record(read);
    const nest = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const body of spoilt(answers[0], ['NEST']))
      await readWith(read, answers, 0, (JSON.stringify(body) ?? '').replace('"NEST"', nest));
    const errors = `{"data":null,"errors":[{"message":${nest},"path":${nest}}]}`;
    await readWith(read, answers, 0, errors);
  });
});

suite('complaints that are odd', () => {
  for (const [name, read] of Object.entries(readings).filter(([name]) => /^(projects|proposals|a count)$/.test(name)))
    test(`are read, or refused with a code: ${name}`, async () => {
      const answers = await record(read);
      const complaints = [{ message: 'Internal server Error', path: ['q0', 'x', 0], extensions: { category: 'user' } }];
      for (const errors of spoilt(complaints))
        for (const data of [null, (answers[0] as { data: unknown }).data])
          for (const answer of [
            { data, errors },
            { data, extensions: { warnings: errors } },
            { data, extensions: errors },
          ])
            await readWith(read, answers, 0, JSON.stringify(answer));
    });
});
