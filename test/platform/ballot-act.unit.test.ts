import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';

import { useClock } from '../../src/core/clock.js';
import { ApiError, type ErrorCode } from '../../src/core/errors.js';
import { castVote, type RecordedVote } from '../../src/platform/ballot/act.js';
import { Platform } from '../../src/platform/endpoints.js';
import {
  HurriedClock,
  reading,
  settingsFor,
  startHttpPlatform,
  until,
  type Arrived,
  type HttpPlatform,
  type Reply,
} from './http-platform.js';

let http: HttpPlatform;
let clock: HurriedClock;
before(async () => {
  http = await startHttpPlatform();
});
after(() => http.stop());
beforeEach(() => {
  clock = new HurriedClock();
  http.arrived.length = 0;
});
afterEach(() => useClock());

const isAct = ({ query }: Arrived): boolean => /^\s*mutation/.test(query);
const acts = (): Arrived[] => http.arrived.filter(isAct);

const vote = {
  isAccounted: true,
  completionStatus: 'COMPLETED',
  published: true,
  requirementsUrl: null,
};
const added = (fields: object = {}, totalCount = 42): Reply => ({
  body: {
    data: {
      addProposalVote: { errorCode: null, vote: { ...vote, proposal: { votes: { totalCount } }, ...fields } },
    },
  },
});
const removed: Reply = {
  body: {
    data: { removeProposalVote: { areRemainingVotesAccounted: true, proposal: { votes: { totalCount: 41 } } } },
  },
};
/** The proposal as it is read afterwards. */
const looked = (viewerVote: object | null): Reply => ({
  body: {
    data: {
      q0: {
        id: 'p',
        title: 'Une guinguette',
        url: 'https://participez.valmont.example/p',
        isArchived: false,
        estimation: null,
        currentVotableStep: { id: 's' },
        votes: { totalCount: 42 },
        paperVotesTotalCount: 3,
        viewerVote,
      },
    },
  },
});
const refused = (message: string, field = 'addProposalVote', ...more: string[]): Reply => ({
  body: {
    errors: [message, ...more].map((words) => ({ message: words, extensions: { category: 'user' }, path: [field] })),
    data: { [field]: null },
  },
});

/** Answers the act with one thing, and what is read afterwards with others, the last of them for ever. */
function answers(act: Reply, ...looks: readonly Reply[]): void {
  let look = 0;
  http.answer = (request) => {
    if (isAct(request)) return act;
    return looks[Math.min(look++, looks.length - 1)] ?? 'cut';
  };
}

let doubts = 0;
beforeEach(() => {
  doubts = 0;
});
const cast = (voted = true, anonymously = true): Promise<RecordedVote> =>
  castVote(
    new Platform(settingsFor(http.url, { access: 'session' })),
    { proposalId: 'p', stepId: 's', voted, anonymously },
    reading(),
    () => doubts++,
  );

const codeOf = async (act: Promise<unknown>): Promise<ErrorCode | undefined> => {
  const reason = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(reason instanceof ApiError, `It came to ${String(reason)}.`);
  return reason.code;
};

const counted = { accounted: true, waitsFor: null, finishUrl: null } as const;

suite('a vote that is cast', () => {
  test('is one mutation to the session’s endpoint, anonymous unless the visitor says otherwise', async () => {
    answers(added());
    assert.deepEqual(await cast(), { own: counted, online: 42 });
    await cast(true, false);
    const [first, second, ...more] = http.arrived;
    assert.deepEqual(more, []);
    assert.equal(first?.path, '/graphql/internal');
    assert.equal(first?.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.deepEqual(first?.variables, { input: { proposalId: 'p', stepId: 's', anonymously: true }, step: 's' });
    assert.deepEqual(second?.variables['input'], { proposalId: 'p', stepId: 's', anonymously: false });
  });

  test('can be taken back', async () => {
    answers(removed);
    assert.deepEqual(await cast(false), { own: null, online: 41 });
    assert.deepEqual(acts()[0]?.variables, { input: { proposalId: 'p', stepId: 's' }, step: 's' });
  });

  const recorded: readonly [what: string, fields: object, own: object][] = [
    ['counts not yet below the minimum', { isAccounted: false }, { accounted: false, waitsFor: null, finishUrl: null }],
    [
      'waits for conditions, with where to fulfil them',
      { isAccounted: false, completionStatus: 'MISSING_REQUIREMENTS', requirementsUrl: 'https://p.example/r' },
      { accounted: false, waitsFor: 'requirements', finishUrl: 'https://p.example/r' },
    ],
    [
      'waits for conditions, with an address that is none',
      { isAccounted: false, completionStatus: 'MISSING_REQUIREMENTS', requirementsUrl: 'javascript:alert(1)' },
      { accounted: false, waitsFor: 'requirements', finishUrl: null },
    ],
    ['waits for the e-mail address', { published: false }, { accounted: true, waitsFor: 'email', finishUrl: null }],
  ];
  for (const [what, fields, own] of recorded)
    test(`and ${what}`, async () => {
      answers(added(fields));
      assert.deepEqual((await cast()).own, own);
    });

  test('is recorded although the platform complains of something within', async () => {
    const reply = added({ requirementsUrl: null });
    assert.ok(typeof reply === 'object');
    const warnings = [
      { message: 'Access denied to this field.', path: ['addProposalVote', 'vote', 'requirementsUrl'] },
    ];
    answers({ body: { ...(reply.body as object), extensions: { warnings } } });
    assert.deepEqual((await cast()).own, counted);
  });
});

suite('a vote that is refused', () => {
  const words: readonly [words: string, code: ErrorCode][] = [
    ['You have reached the limit of votes.', 'vote-limit-reached'],
    ['proposal.vote.not_enough_credits', 'not-enough-budget'],
    ['This step is no longer contributable.', 'step-closed'],
    ['This step is not contribuable.', 'step-closed'],
    ['This step is not votable.', 'not-votable'],
    ['This proposal is not associated to this collect step.', 'not-votable'],
    ['This proposal is not associated to this selection step.', 'not-votable'],
    ['Wrong step with id: s', 'not-votable'],
    ['Unknown proposal with id: p', 'not-found'],
    ['Unknown step with id: s', 'not-found'],
    ['proposal.vote.email_belongs_to_user', 'contribution-not-allowed'],
    ['You dont meets all the requirements.', 'requirements-missing'],
    ['Access denied to this field.', 'unauthorized'],
  ];
  for (const [message, code] of words)
    test(`in the words « ${message} » is ${code}, and nothing more is asked`, async () => {
      answers(refused(message));
      assert.equal(await codeOf(cast()), code);
      assert.equal(http.arrived.length, 1);
    });

  for (const [errorCode, code] of [
    ['CONTRIBUTION_NOT_ALLOWED', 'contribution-not-allowed'],
    ['PHONE_ALREADY_USED', 'phone-already-used'],
    ['VOTE_LIMIT_REACHED', 'vote-limit-reached'],
    ['A_CODE_OF_TOMORROW', 'contribution-not-allowed'],
  ] as const)
    test(`by the code ${errorCode} is ${code}`, async () => {
      answers({ body: { data: { addProposalVote: { errorCode, vote: null } } } });
      assert.equal(await codeOf(cast()), code);
      assert.equal(http.arrived.length, 1);
    });

  test('in several entries goes by the first', async () => {
    answers(refused('You have reached the limit of votes.', 'addProposalVote', 'This step is not votable.'));
    assert.equal(await codeOf(cast()), 'vote-limit-reached');
  });

  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'forbidden'],
  ] as const)
    test(`with HTTP ${status} is ${code}`, async () => {
      answers({ status, type: 'text/html', body: 'No' });
      assert.equal(await codeOf(cast()), code);
      assert.equal(http.arrived.length, 1);
    });

  test('because it is there already is no refusal: it is as the visitor wished', async () => {
    answers(refused('proposal.vote.already_voted'), looked(vote));
    assert.deepEqual(await cast(), { own: counted, online: 42 });
    answers(refused('You have not voted for this proposal in this step.', 'removeProposalVote'), looked(null));
    assert.deepEqual(await cast(false), { own: null, online: 42 });
  });

  test('as being there, and yet not read afterwards, keeps its code', async () => {
    answers(refused('proposal.vote.already_voted'), looked(null));
    assert.equal(await codeOf(cast()), 'already-voted');
    answers(refused('You have not voted for this proposal in this step.', 'removeProposalVote'), looked(vote));
    assert.equal(await codeOf(cast(false)), 'not-voted');
  });
});

suite('a vote without a good answer', () => {
  const bad: readonly [what: string, reply: Reply, code: ErrorCode][] = [
    ['a cut connection', 'cut', 'network'],
    ['a failure of the server', { status: 500, type: 'text/html', body: 'Oops' }, 'server'],
    ['a platform that asks for patience', { status: 429, type: 'text/html', body: '' }, 'rate-limited'],
    ['a page', { type: 'text/html', body: '<p>Maintenance</p>' }, 'bad-response'],
    ['no payload', { body: { data: {} } }, 'bad-response'],
    ['a payload without a vote', { body: { data: { addProposalVote: { errorCode: null } } } }, 'bad-response'],
    ['an error inside the platform', refused('Internal server Error'), 'server'],
  ];
  for (const [what, reply, code] of bad) {
    test(`${what}: it is read back, and recorded if it is there`, async () => {
      answers(reply, looked(vote));
      assert.deepEqual(await cast(), { own: counted, online: 42 });
      assert.equal(acts().length, 1);
    });
    test(`${what}: it is ${code} if it is not there, and never sent again`, async () => {
      answers(reply, looked(null));
      assert.equal(await codeOf(cast()), code);
      assert.equal(acts().length, 1);
    });
  }

  test('that times out is read back', async () => {
    http.answer = (request) => (isAct(request) ? 'silence' : looked(vote));
    const act = cast();
    await until(() => http.arrived.length === 1);
    clock.runOut();
    assert.deepEqual(await act, { own: counted, online: 42 });
    assert.equal(acts().length, 1);
  });

  test('may still be at work on the platform: one look does not deny it', async () => {
    answers('cut', looked(null), looked(vote));
    assert.deepEqual(await cast(), { own: counted, online: 42 });
    assert.equal(doubts, 1);
  });

  test('is looked up until the platform says, ever more patiently, and without a second mutation', async () => {
    const down: Reply = { status: 500, type: 'text/html', body: 'Oops' };
    // Each look is three tries.
    answers('cut', ...Array<Reply>(9).fill(down), looked(vote));
    assert.deepEqual(await cast(), { own: counted, online: 42 });
    assert.equal(doubts, 3);
    assert.deepEqual(
      clock.waits.filter((wait) => wait % 2000 === 0),
      [2000, 4000, 8000],
    );
    assert.equal(acts().length, 1);
  });

  test('is denied to nobody who is no longer signed in: signing in again will tell', async () => {
    const { body } = looked(null) as { body: { data: object } };
    const denied = { message: 'Access denied to this field.', path: ['q0', 'viewerVote'] };
    answers('cut', { body: { ...body, extensions: { warnings: [denied] } } });
    assert.equal(await codeOf(cast()), 'unauthorized');
  });
});

const recordings = new URL('../../../shared/platform/responses/', import.meta.url);

suite('recorded answers to votes', { skip: !existsSync(recordings) && 'The recorded answers are not here.' }, () => {
  const response = (name: string): Record<string, unknown> =>
    (JSON.parse(readFileSync(new URL(`${name}.json`, recordings), 'utf8')) as { response: Record<string, unknown> })
      .response;

  const cases: readonly [name: string, voted: boolean, code: ErrorCode][] = [
    ['mutation-add-proposal-vote-contribution-not-allowed', true, 'contribution-not-allowed'],
    ['mutation-add-proposal-vote-not-votable', true, 'not-votable'],
    ['mutation-add-proposal-vote-wrong-step', true, 'not-votable'],
    ['mutation-remove-proposal-vote-not-voted', false, 'not-voted'],
    ['mutation-remove-proposal-vote-step-closed', false, 'step-closed'],
  ];
  for (const [name, voted, code] of cases)
    test(`${name} is ${code}`, async () => {
      // Whether a vote that is not there could be withdrawn is asked: here it is still there.
      answers({ body: response(name) }, looked(voted ? null : vote));
      assert.equal(await codeOf(cast(voted)), code);
    });

  for (const [name, accounted] of [
    ['mutation-add-proposal-vote-ok', true],
    ['mutation-add-proposal-vote-with-requirements-ok', true],
    ['mutation-add-proposal-vote-below-min', false],
  ] as const)
    test(`${name} is a vote that ${accounted ? 'counts' : 'does not count yet'}`, async () => {
      // What was not asked for when it was recorded is added as the schema has it.
      const { addProposalVote } = response(name)['data'] as { addProposalVote: { vote: object } };
      answers({
        body: {
          data: {
            addProposalVote: {
              ...addProposalVote,
              vote: {
                completionStatus: 'COMPLETED',
                requirementsUrl: null,
                ...addProposalVote.vote,
                proposal: { votes: { totalCount: 7 } },
              },
            },
          },
        },
      });
      assert.deepEqual(await cast(), { own: { accounted, waitsFor: null, finishUrl: null }, online: 7 });
    });

  test('mutation-remove-proposal-vote-no-longer-accounted is a withdrawal', async () => {
    const { removeProposalVote } = response('mutation-remove-proposal-vote-no-longer-accounted')['data'] as Record<
      string,
      object
    >;
    answers({
      body: { data: { removeProposalVote: { ...removeProposalVote, proposal: { votes: { totalCount: 6 } } } } },
    });
    assert.deepEqual(await cast(false), { own: null, online: 6 });
  });

  for (const [name, code] of [
    ['transport-invalid-api-key', 'unauthorized'],
    ['transport-public-api-disabled-404', 'platform-disabled'],
  ] as const)
    test(`${name} is ${code}, with nothing recorded`, async () => {
      const { status, contentType, body } = response(name) as { status: number; contentType: string; body: unknown };
      answers({ status, type: contentType, body });
      assert.equal(await codeOf(cast()), code);
    });
});
