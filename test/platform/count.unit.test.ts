import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';

import { useClock } from '../../src/core/clock.js';
import { ApiError, type ErrorCode } from '../../src/core/errors.js';
import type { Count, CountTarget, Metric } from '../../src/domain/counts.js';
import { parsePlatformTime } from '../../src/domain/platform-time.js';
import { readCount } from '../../src/platform/count.js';
import { Platform } from '../../src/platform/endpoints.js';
import type { SettingsInput } from '../../src/platform/settings.js';
import {
  executed,
  HurriedClock,
  reading,
  settingsFor,
  startHttpPlatform,
  type Answering,
  type HttpPlatform,
} from './http-platform.js';

let platform: HttpPlatform;

before(async () => {
  platform = await startHttpPlatform();
});
after(() => platform.stop());
beforeEach(() => {
  platform.arrived.length = 0;
  new HurriedClock();
});
afterEach(() => useClock());

const connection = (totalCount: number): object => ({ totalCount });
const tally = (value: number, paper: number | null = null): Count => ({ kind: 'tally', value, paper });
const NOT_COUNTED: Count = { kind: 'not-counted' };

const broken = (): never => {
  throw Object.assign(new Error('Internal server Error'), { extensions: { category: 'internal' } });
};

/** A proposal in a list; its votes by the arguments that name the step. */
const listed = (online: number, paper: number): object => ({
  votes: ({ stepId }: { stepId?: string }) => connection(stepId ? online : 999),
  paperVotesTotalCount: ({ stepId }: { stepId?: string }) => (stepId ? paper : 999),
});

/** A voting step with its proposals in pages of a hundred, as the platform gives them. */
function votingStep(proposals: readonly (object | null)[], more: object = {}): object {
  return {
    __typename: 'SelectionStep',
    canDisplayBallot: true,
    publishedVoteDate: null,
    contributors: connection(9),
    proposals: ({ first, after: cursor }: { first: number; after?: string | null }) => {
      const start = cursor ? Number(cursor) : 0;
      const page = proposals.slice(start, start + first);
      return {
        totalCount: proposals.length,
        pageInfo: { hasNextPage: start + first < proposals.length, endCursor: String(start + page.length) },
        edges: page.map((node) => ({ node })),
      };
    },
    ...more,
  };
}

const objects = {
  project: {
    __typename: 'Project',
    votes: connection(40),
    paperVotesTotalCount: 2,
    votableSteps: [],
    contributions: connection(24),
    contributors: connection(30),
  },
  consultation: {
    __typename: 'Consultation',
    votes: connection(5),
    contributions: connection(6),
    contributors: connection(0),
  },
  questionnaire: { __typename: 'Questionnaire', participants: connection(11), replies: connection(12) },
  questionnaireStep: {
    __typename: 'QuestionnaireStep',
    contributors: connection(13),
    questionnaire: { replies: connection(14) },
  },
  consultationStep: {
    __typename: 'ConsultationStep',
    votes: connection(15),
    contributions: connection(16),
    contributors: connection(17),
  },
  voting: votingStep(Array.from({ length: 230 }, (_, index) => listed(index % 3, index % 2))),
  secret: votingStep([listed(3, 1)], { canDisplayBallot: false, publishedVoteDate: '2026-09-01 18:00:00' }),
  secretForGood: votingStep([listed(3, 1)], { canDisplayBallot: false }),
  proposal: {
    __typename: 'Proposal',
    votes: connection(8),
    paperVotesTotalCount: 3,
    votableSteps: [{ __typename: 'SelectionStep', canDisplayBallot: true, publishedVoteDate: null }],
  },
  secretProposal: {
    __typename: 'Proposal',
    votes: connection(8),
    paperVotesTotalCount: 3,
    votableSteps: [
      { __typename: 'CollectStep', canDisplayBallot: true, publishedVoteDate: null },
      { __typename: 'SelectionStep', canDisplayBallot: false, publishedVoteDate: '2026-09-01 18:00:00' },
    ],
  },
};

/** The whole platform: each endpoint with its own schema. */
const whole = (given: Readonly<Record<string, object>> = objects): Answering => {
  const [open, inner] = [executed('preview', given), executed('internal', given)];
  return (request, attempt) => (request.path.endsWith('/internal') ? inner : open)(request, attempt);
};

const platformFor = (settings: SettingsInput = {}): Platform => new Platform(settingsFor(platform.url, settings));

const read = (kind: CountTarget['kind'], id: string, metric: Metric, from: Platform): Promise<Count | null> =>
  readCount(from, { kind, id }, metric, reading());

/** The outcome of a reading: a count, or the code that it failed with. */
const outcome = (...given: Parameters<typeof read>): Promise<Count | ErrorCode | null> =>
  read(...given).catch((reason: unknown) => {
    assert.ok(reason instanceof ApiError, String(reason));
    return reason.code;
  });

type Row = [kind: CountTarget['kind'], id: string, metric: Metric, expected: Count | null];

const secretUntil: Count = { kind: 'secret', publishedAt: parsePlatformTime('2026-09-01 18:00:00') };
const both: Row[] = [
  ['project', 'project', 'contributions', tally(24)],
  ['project', 'project', 'contributors', tally(30)],
  ['project', 'project', 'replies', NOT_COUNTED],
  ['consultation', 'consultation', 'votes', tally(5)],
  ['consultation', 'consultation', 'contributions', tally(6)],
  ['consultation', 'consultation', 'contributors', tally(0)],
  ['questionnaire', 'questionnaire', 'contributors', tally(11)],
  ['questionnaire', 'questionnaire', 'replies', tally(12)],
  ['questionnaire', 'questionnaire', 'votes', NOT_COUNTED],
  ['step', 'questionnaireStep', 'replies', tally(14)],
  ['step', 'questionnaireStep', 'contributors', tally(13)],
  ['step', 'consultationStep', 'votes', tally(15)],
  ['step', 'voting', 'contributions', tally(230)],
  ['project', 'absent', 'votes', null],
];
const sessionOnly: Row[] = [
  ['project', 'project', 'votes', tally(42, 2)],
  ['step', 'consultationStep', 'contributions', tally(16)],
  ['step', 'voting', 'contributors', tally(9)],
  ['step', 'voting', 'votes', tally(229 + 115, 115)],
  ['step', 'secret', 'votes', secretUntil],
  ['step', 'secretForGood', 'votes', { kind: 'secret', publishedAt: null }],
  ['step', 'absent', 'votes', null],
  ['proposal', 'proposal', 'votes', tally(11, 3)],
  ['proposal', 'secretProposal', 'votes', secretUntil],
];

suite('a number read in the visitor’s session', () => {
  for (const [kind, id, metric, expected] of [...both, ...sessionOnly])
    test(`${metric} of ${id}: ${JSON.stringify(expected)}`, async () => {
      platform.answer = whole();
      assert.deepEqual(await outcome(kind, id, metric, platformFor({ access: 'session' })), expected);
      assert.ok(platform.arrived.every(({ path }) => path === '/graphql/internal'));
    });
});

suite('a number read by anybody', () => {
  const closed: Row[] = [
    ...both,
    ['project', 'project', 'votes', tally(40)],
    ['step', 'voting', 'votes', NOT_COUNTED],
    ['step', 'voting', 'contributors', NOT_COUNTED],
    ['proposal', 'proposal', 'votes', NOT_COUNTED],
    ['proposal', 'secretProposal', 'votes', NOT_COUNTED],
  ];
  for (const [kind, id, metric, expected] of closed)
    test(`${metric} of ${id}, from the public endpoint alone: ${JSON.stringify(expected)}`, async () => {
      platform.answer = whole();
      assert.deepEqual(await outcome(kind, id, metric, platformFor({ rules: 'off' })), expected);
      assert.ok(platform.arrived.every(({ path }) => path === '/graphql'));
    });

  const opened: Row[] = [
    ['step', 'voting', 'votes', tally(229 + 115, 115)],
    ['step', 'secret', 'votes', secretUntil],
    ['proposal', 'proposal', 'votes', tally(11, 3)],
    ['proposal', 'secretProposal', 'votes', secretUntil],
    ['questionnaire', 'questionnaire', 'votes', NOT_COUNTED],
  ];
  for (const [kind, id, metric, expected] of opened)
    test(`${metric} of ${id}, with what the platform’s own pages may read: ${JSON.stringify(expected)}`, async () => {
      platform.answer = whole();
      assert.deepEqual(await outcome(kind, id, metric, platformFor()), expected);
    });

  test('does without the platform’s own endpoint once that has refused, and does not ask it again', async () => {
    const open = executed('preview', objects);
    platform.answer = (request, attempt) =>
      request.path === '/graphql' ? open(request, attempt) : { status: 403, type: 'text/html', body: 'Forbidden' };
    const page = platformFor();
    for (const id of ['proposal', 'secretProposal', 'proposal'])
      assert.deepEqual(await outcome('proposal', id, 'votes', page), NOT_COUNTED);
    assert.deepEqual(
      platform.arrived.map(({ path }) => path),
      ['/graphql/internal'],
    );
  });

  test('fails when that endpoint is in trouble, for that may pass', async () => {
    platform.answer = (_, attempt) => (attempt <= 3 ? { status: 503, body: '' } : whole()(_, attempt));
    const page = platformFor();
    assert.equal(await outcome('proposal', 'proposal', 'votes', page), 'server');
    assert.deepEqual(await outcome('proposal', 'proposal', 'votes', page), tally(11, 3));
  });
});

suite('a number that the platform fails to give', () => {
  const failing: [name: string, kind: CountTarget['kind'], metric: Metric, object: object][] = [
    ['the votes of a project', 'project', 'votes', { ...objects.project, votes: broken }],
    ['its votes on paper', 'project', 'votes', { ...objects.project, paperVotesTotalCount: broken }],
    ['a total inside', 'project', 'contributors', { ...objects.project, contributors: { totalCount: broken } }],
    [
      'the contributions of a consultation, which may be null',
      'consultation',
      'contributions',
      { ...objects.consultation, contributions: broken },
    ],
    ['a questionnaire, which may be null', 'step', 'replies', { ...objects.questionnaireStep, questionnaire: broken }],
    ['the proposals of a step', 'step', 'votes', votingStep([], { proposals: broken })],
    [
      'the votes of one proposal of a step',
      'step',
      'votes',
      votingStep([listed(3, 1), { votes: broken, paperVotesTotalCount: 1 }]),
    ],
    ['whether a ballot is secret', 'step', 'votes', votingStep([listed(3, 1)], { canDisplayBallot: broken })],
  ];
  for (const [name, kind, metric, object] of failing)
    test(`is a failure, neither a number nor the absence of one: ${name}`, async () => {
      platform.answer = whole({ object });
      assert.equal(await outcome(kind, 'object', metric, platformFor({ access: 'session' })), 'server');
    });

  test('is a failure when a later page of a step’s proposals does not come', async () => {
    const answer = whole();
    platform.answer = (request, attempt) => (attempt === 1 ? answer(request, attempt) : { status: 500, body: '' });
    assert.equal(await outcome('step', 'voting', 'votes', platformFor({ access: 'session' })), 'server');
  });

  for (const [name, endCursor] of [
    ['without saying where it begins', null],
    ['and always says that it begins where this one did', 'again'],
  ] as const)
    test(`is a failure when the platform promises another page of proposals ${name}`, async () => {
      const pages = whole({
        object: votingStep([], {
          proposals: { totalCount: 200, pageInfo: { hasNextPage: true, endCursor }, edges: [{ node: listed(3, 1) }] },
        }),
      });
      // A reading that would never end meets a platform that has had enough.
      platform.answer = (request, attempt) => (attempt < 10 ? pages(request, attempt) : { status: 403, body: '' });
      assert.equal(await outcome('step', 'object', 'votes', platformFor({ access: 'session' })), 'bad-response');
    });
});
