import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';

import { useClock } from '../../src/core/clock.js';
import { ApiError } from '../../src/core/errors.js';
import { readBallot, readCurrentStep, readProposal, readViewer } from '../../src/platform/ballot/read.js';
import { Platform } from '../../src/platform/endpoints.js';
import type { SettingsInput } from '../../src/platform/settings.js';
import { choice } from '../support/choice.js';
import { executed, HurriedClock, reading, settingsFor, startHttpPlatform, type HttpPlatform } from './http-platform.js';

let http: HttpPlatform;
before(async () => {
  http = await startHttpPlatform();
});
after(() => http.stop());
beforeEach(() => {
  new HurriedClock(NOW);
  http.arrived.length = 0;
});
afterEach(() => useClock());

const NOW = Date.parse('2026-05-12T18:42:00+02:00');

const platform = (settings: SettingsInput = { access: 'session' }): Platform =>
  new Platform(settingsFor(http.url, settings));

const voteFor = (id: string, proposal: object): object => ({
  id: `10${id}`,
  anonymous: true,
  isAccounted: true,
  ranking: 0,
  proposal: {
    id,
    title: `Proposition ${id}`,
    url: `https://participez.valmont.example/${id}`,
    estimation: null,
    isArchived: false,
    currentVotableStep: { __typename: 'SelectionStep', id: 's' },
    ...proposal,
  },
});
const step = {
  __typename: 'SelectionStep',
  id: 's',
  title: 'Vote des habitants',
  url: 'https://participez.valmont.example/s',
  state: 'OPENED',
  timeless: false,
  timeRange: { startAt: '2026-04-20 09:00:00', endAt: '2026-06-15 00:00:00' },
  votable: true,
  votesLimit: 3,
  votesMin: 1,
  votesRanking: true,
  budget: 100_000,
  voteThreshold: 0,
  canDisplayBallot: true,
  publishedVoteDate: null,
  actionButtonLabel: 'SUPPORT',
  viewerVotes: {
    edges: [
      { node: voteFor('p', { estimation: 12_000.5 }) },
      { node: { ...voteFor('q', { isArchived: true }), anonymous: false, isAccounted: false } },
      { node: voteFor('r', { currentVotableStep: null }) },
    ],
  },
};
const proposal = {
  __typename: 'Proposal',
  id: 'p',
  title: 'Une guinguette',
  url: 'javascript:alert(1)',
  isArchived: false,
  estimation: 40_000,
  currentVotableStep: { __typename: 'SelectionStep', id: 's' },
  votes: { totalCount: 41 },
  paperVotesTotalCount: 3,
  viewerVote: { isAccounted: true, completionStatus: 'COMPLETED', published: true, requirementsUrl: null },
};
const has = (objects: Record<string, object>): void => {
  http.answer = executed('internal', objects);
};
const queries = (): string => http.arrived.map(({ query }) => query).join('\n');
const rejection = async (act: Promise<unknown>): Promise<ApiError> => {
  const reason: unknown = await act.catch((thrown: unknown) => thrown);
  assert.ok(reason instanceof ApiError);
  return reason;
};

suite('the visitor', () => {
  test('is a stranger without a question where the page has no session', async () => {
    assert.equal((await readViewer(platform({}), reading())).signedIn, false);
    assert.equal(http.arrived.length, 0);
  });
  test('is never asked for anonymously', async () => {
    http.answer = () => ({ body: { data: { q0: false } } });
    assert.equal((await readViewer(platform(), reading())).signedIn, false);
    assert.equal(http.arrived.length, 1);
    assert.doesNotMatch(queries(), /viewer/);
  });
  test('has a name, and an e-mail address that may wait to be confirmed', async () => {
    http.answer = ({ query }) => ({
      body: {
        data: {
          q0: query.includes('viewer')
            ? { id: 'VXNlcjox', displayName: 'Lucie', email: 'lucie@ville.fr', isEmailConfirmed: false }
            : true,
        },
      },
    });
    assert.deepEqual(await readViewer(platform(), reading()), {
      signedIn: true,
      id: 'VXNlcjox',
      displayName: 'Lucie',
      email: 'lucie@ville.fr',
      emailConfirmed: false,
    });
  });
});

suite('a ballot', () => {
  test('has its rules and the visitor’s votes in their order', async () => {
    has({ s: step });
    const ballot = await readBallot(platform(), 's', reading());
    assert.deepEqual(ballot, {
      step: {
        id: 's',
        kind: 'selection',
        title: 'Vote des habitants',
        startAt: Date.parse('2026-04-20T09:00:00+02:00'),
        endAt: Date.parse('2026-06-15T00:00:00+02:00'),
        timeless: false,
        told: undefined,
        votable: true,
      },
      url: 'https://participez.valmont.example/s',
      wording: 'support',
      votesLimit: 3,
      votesMin: 1,
      budget: 100_000,
      ranking: true,
      threshold: null,
      secret: null,
      chosen: [
        choice('p', 12_000.5, { vote: { id: '10p', anonymous: true, accounted: true, position: 0 } }),
        choice('q', 0, { lost: 'archived', vote: { id: '10q', anonymous: false, accounted: false, position: 0 } }),
        choice('r', 0, { lost: 'not-votable', vote: { id: '10r', anonymous: true, accounted: true, position: 0 } }),
      ],
    });
    assert.match(queries(), /viewerVotes\(orderBy: ?\{ ?field: ?POSITION/);
  });
  test('keeps what the platform calls its step where the clock says otherwise', async () => {
    has({ s: step });
    for (const days of [-40, 40]) {
      new HurriedClock(NOW + days * 86_400_000);
      assert.equal((await readBallot(platform(), 's', reading()))?.step.told, 'open');
    }
    has({ s: { ...step, state: 'CLOSED' } });
    assert.equal((await readBallot(platform(), 's', reading()))?.step.told, undefined);
  });
  test('has titles as text, and addresses as they are written', async () => {
    const url = 'https://participez.valmont.example/p?a=1&amp;b=2';
    const edges = [{ node: voteFor('p', { title: 'Devant L&#039;école &amp; la halle', url }) }];
    has({ s: { ...step, viewerVotes: { edges } } });
    const ballot = await readBallot(platform(), 's', reading());
    assert.deepEqual(
      ballot?.chosen.map(({ title, url: address }) => [title, address]),
      [["Devant L'école & la halle", url]],
    );
  });
  test('may be secret until a date, or without one', async () => {
    const secret = async (publishedVoteDate: string | null): Promise<unknown> => {
      has({ s: { ...step, canDisplayBallot: false, publishedVoteDate } });
      return (await readBallot(platform(), 's', reading()))?.secret;
    };
    assert.deepEqual(await secret(null), { publishedAt: null });
    assert.deepEqual(await secret('2026-07-01 18:00:00'), { publishedAt: Date.parse('2026-07-01T18:00:00+02:00') });
  });
  test('is null for a step that is not there, or is none to vote in', async () => {
    has({ s: { __typename: 'QuestionnaireStep', id: 's' } });
    assert.equal(await readBallot(platform(), 's', reading()), null);
    assert.equal(await readBallot(platform(), 'gone', reading()), null);
  });
  test('is null where the platform does not tell this page its rules, and it is asked no more', async () => {
    http.answer = () => ({ status: 403, type: 'text/html', body: 'No' });
    const page = platform({});
    assert.equal(await readBallot(page, 's', reading()), null);
    assert.equal(await readBallot(page, 't', reading()), null);
    assert.equal(http.arrived.length, 1);
  });
  test('is a failure where the platform only fails', async () => {
    http.answer = () => ({ status: 500, type: 'text/html', body: 'Oops' });
    assert.equal((await rejection(readBallot(platform({}), 's', reading()))).code, 'server');
  });
});

suite('a proposal to vote for', () => {
  test('has a title as text, with the rules of its step and without', async () => {
    has({ p: { ...proposal, title: 'Devant L&#039;école' } });
    assert.equal((await readProposal(platform(), 'p', 's', true, reading()))?.title, "Devant L'école");
    assert.equal((await readProposal(platform(), 'p', '', false, reading()))?.title, "Devant L'école");
  });
  test('has its count on line and on paper, its cost and the visitor’s own vote', async () => {
    has({ p: proposal });
    assert.deepEqual(await readProposal(platform(), 'p', 's', true, reading()), {
      id: 'p',
      title: 'Une guinguette',
      url: http.url,
      archived: false,
      cost: 40_000,
      inStep: true,
      count: { online: 41, paper: 3 },
      own: { accounted: true, waitsFor: null, finishUrl: null },
    });
  });
  test('is not asked for a stranger’s own vote', async () => {
    has({ p: proposal });
    assert.equal((await readProposal(platform(), 'p', 's', false, reading()))?.own, null);
    assert.deepEqual(http.arrived[0]?.variables, { q0id: 'p', q0step: 's', q0signedIn: false });
  });
  test('knows that it cannot be voted for in this step any more', async () => {
    has({ p: { ...proposal, currentVotableStep: null } });
    assert.equal((await readProposal(platform(), 'p', 's', true, reading()))?.inStep, false);
    assert.equal(await readCurrentStep(platform(), 'p', reading()), null);
  });
  test('names the step in which it can be voted for', async () => {
    has({ p: proposal });
    assert.equal(await readCurrentStep(platform(), 'p', reading()), 's');
  });
  test('is null when it is not there, or is something else', async () => {
    has({ p: { __typename: 'Project', id: 'p' } });
    assert.equal(await readProposal(platform(), 'p', 's', true, reading()), null);
    assert.equal(await readProposal(platform(), 'gone', 's', true, reading()), null);
  });
  test('whose own vote could not be read is not taken for one without', async () => {
    has({ p: { ...proposal, viewerVote: () => Promise.reject(new Error('Internal server Error')) } });
    const { code } = await rejection(readProposal(platform(), 'p', 's', true, reading()));
    assert.ok(code === 'server' || code === 'bad-response', code);
  });
  test('without a step is little more than a link, which takes part in nothing', async () => {
    has({ p: proposal });
    const found = await readProposal(platform(), 'p', '', true, reading());
    assert.deepEqual([found?.title, found?.inStep, found?.count, found?.own], ['Une guinguette', false, null, null]);
  });
  test('without the rules is a link by the public API, and has no number that could be secret', async () => {
    http.answer = executed('preview', { p: proposal });
    const found = await readProposal(platform({ rules: 'off' }), 'p', 's', false, reading());
    assert.deepEqual([found?.title, found?.inStep, found?.count], ['Une guinguette', true, null]);
    assert.deepEqual(
      http.arrived.map(({ path }) => path),
      ['/graphql'],
    );
  });
});
