import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';

import { useClock } from '../../src/core/clock.js';
import { ApiError } from '../../src/core/errors.js';
import { parsePlatformTime } from '../../src/domain/platform-time.js';
import type { Project } from '../../src/domain/project.js';
import { Platform } from '../../src/platform/endpoints.js';
import { readProject } from '../../src/platform/project.js';
import type { SettingsInput } from '../../src/platform/settings.js';
import { executed, HurriedClock, reading, settingsFor, startHttpPlatform, type HttpPlatform } from './http-platform.js';

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
const stepOf = (typename: string, more: object = {}): object => ({
  __typename: typename,
  id: typename,
  title: typename,
  state: 'OPENED',
  enabled: true,
  timeless: false,
  timeRange: { startAt: '2026-01-01 00:00:00', endAt: '2026-12-31 23:59:59' },
  votable: true,
  ...more,
});
const projectOf = (more: object = {}): object => ({
  __typename: 'Project',
  id: 'project',
  title: 'Budget participatif',
  url: 'https://participez.valmont.example/project/budget',
  cover: { url: '/media/budget.jpg' },
  type: { title: 'Budget' },
  themes: [{ title: 'Nature' }, { title: 'Sport' }],
  archived: false,
  visibility: 'PUBLIC',
  isExternal: false,
  externalLink: null,
  externalVotesCount: null,
  externalContributionsCount: null,
  externalParticipantsCount: null,
  hasParticipativeStep: true,
  isVotesCounterDisplayable: true,
  isContributionsCounterDisplayable: true,
  isParticipantsCounterDisplayable: true,
  steps: [stepOf('CollectStep')],
  votes: connection(40),
  paperVotesTotalCount: 2,
  votableSteps: [],
  contributions: connection(24),
  contributors: connection(30),
  ...more,
});

async function read(
  access: 'public' | 'session',
  project: object | null,
  more: SettingsInput = {},
): Promise<Project | null> {
  platform.answer = executed(access === 'session' ? 'internal' : 'preview', project ? { project } : {});
  const settings = settingsFor(platform.url, { access, ...more });
  return readProject(new Platform(settings), 'project', reading());
}
async function found(...given: Parameters<typeof read>): Promise<Project> {
  const project = await read(...given);
  assert.ok(project);
  return project;
}
async function refused(...given: Parameters<typeof read>): Promise<ApiError> {
  const reason: unknown = await read(...given).then(
    () => undefined,
    (rejected: unknown) => rejected,
  );
  assert.ok(reason instanceof ApiError, String(reason));
  return reason;
}

for (const access of ['public', 'session'] as const)
  suite(`a project read in ${access} access`, () => {
    test('goes to its endpoint, in its dialect', async () => {
      await read(access, projectOf());
      const [request] = platform.arrived;
      assert.equal(request?.path, access === 'session' ? '/graphql/internal' : '/graphql');
      assert.equal(
        request.headers.accept,
        access === 'session' ? 'application/json' : 'application/vnd.cap-collectif.preview+json',
      );
      assert.equal(platform.arrived.length, 1);
    });

    test('has what a card shows', async () => {
      const { title, url, cover, type, themes, archived, restricted, steps } = await found(access, projectOf());
      assert.equal(title, 'Budget participatif');
      assert.equal(url, 'https://participez.valmont.example/project/budget');
      assert.equal(cover, `${platform.url}/media/budget.jpg`);
      assert.equal(type, 'Budget');
      assert.deepEqual(themes, ['Nature', 'Sport']);
      assert.deepEqual([archived, restricted], [false, false]);
      assert.deepEqual(
        steps.map(({ kind, title: name }) => [kind, name]),
        [['collect', 'CollectStep']],
      );
    });

    test('is null when the platform has none for this visitor', async () => {
      assert.equal(await read(access, null), null);
    });

    test('does without what it need not have', async () => {
      const project = await found(access, projectOf({ cover: null, type: null, themes: null, steps: [] }));
      assert.deepEqual([project.cover, project.type, project.themes, project.steps], [null, null, [], []]);
    });

    test('has its dates in the platform’s zone', async () => {
      const { steps } = await found(access, projectOf(), { timeZone: 'Indian/Reunion' });
      assert.equal(steps[0]?.startAt, parsePlatformTime('2026-01-01 00:00:00', 'Indian/Reunion'));
      assert.equal(steps[0]?.endAt, parsePlatformTime('2026-12-31 23:59:59', 'Indian/Reunion'));
    });

    test('has its titles decoded, once', async () => {
      const steps = [stepOf('CollectStep', { title: 'D&eacute;p&ocirc;t' })];
      const project = await found(
        access,
        projectOf({ title: 'L&#039;eau &amp; l&rsquo;air &amp;lt;b&gt; &#x2014; &unknown;', steps }),
      );
      assert.equal(project.title, "L'eau & l’air &lt;b> — &unknown;");
      assert.equal(project.steps[0]?.title, 'Dépôt');
    });

    test('keeps an address whose query looks like an entity', async () => {
      const url = 'https://participez.valmont.example/project?a=1&copy;=2&amp;=3';
      assert.equal((await found(access, projectOf({ url, title: 'Eau &amp; air' }))).url, url);
    });

    test('has no address that is not one of the web', async () => {
      const project = await found(
        access,
        projectOf({ url: 'javascript:alert(1)', cover: { url: 'data:text/html,x' } }),
      );
      assert.equal(project.cover, null);
      assert.match(project.url, /^http:/);
    });

    test('keeps counts of zero where they may be shown', async () => {
      const none = {
        votes: connection(0),
        paperVotesTotalCount: 0,
        contributions: connection(0),
        contributors: connection(0),
      };
      const { counts } = await found(access, projectOf(none));
      assert.equal(counts.votes, null);
      assert.deepEqual([counts.contributions, counts.contributors], [0, 0]);
    });

    const wrong: [name: string, more: object, path: RegExp][] = [
      ['a total that is missing', { votes: {} }, /votes/],
      ['no list of steps', { steps: null }, /steps/],
      ['no title', { title: null }, /title/],
    ];
    for (const [name, more, place] of wrong)
      test(`fails for ${name}, which the platform itself cannot answer`, async () => {
        const error = await refused(access, projectOf(more));
        assert.equal(error.code, 'server');
        assert.match(error.message, place);
      });

    const misshapen: [name: string, more: object, place: string][] = [
      ['a title that is a number', { title: 12 }, 'title'],
      ['an address that is a list', { url: [] }, 'url'],
      ['a total below zero', { votes: { totalCount: -1 } }, 'votes.totalCount'],
      ['a total that is a text', { contributors: { totalCount: '30' } }, 'contributors.totalCount'],
      ['a total with a fraction', { contributions: { totalCount: 1.5 } }, 'contributions.totalCount'],
      ['steps that are no list', { steps: {} }, 'steps'],
      ['a step without a kind', { steps: [{ id: 's' }] }, 'steps.0'],
      [
        'a date that is none',
        { steps: [stepOf('CollectStep', { timeRange: { startAt: 'demain', endAt: null } })] },
        'startAt',
      ],
    ];
    for (const [name, more, place] of misshapen)
      test(`refuses ${name}, and says where it is`, async () => {
        platform.answer = ({ query }) => ({
          body: { data: { [/{\s*(\w+)\s*:/.exec(query)?.[1] ?? '']: [projectOf(more)] } },
        });
        const attempt = readProject(new Platform(settingsFor(platform.url, { access })), 'project', reading());
        const reason: unknown = await attempt.catch((rejected: unknown) => rejected);
        assert.ok(reason instanceof ApiError, `It was read as ${JSON.stringify(reason)}`);
        assert.equal(reason.code, 'bad-response');
        assert.ok(reason.message.includes(place), reason.message);
      });

    test('leaves out presentations, and keeps steps that the schema does not list', async () => {
      const steps = [stepOf('PresentationStep'), stepOf('OtherStep'), stepOf('RankingStep'), stepOf('CollectStep')];
      platform.answer = ({ query }) => ({
        body: { data: { [/{\s*(\w+)\s*:/.exec(query)?.[1] ?? '']: [projectOf({ steps })] } },
      });
      const project = await readProject(new Platform(settingsFor(platform.url, { access })), 'project', reading());
      assert.deepEqual(
        project?.steps.map(({ kind }) => kind),
        ['other', 'ranking', 'collect'],
      );
    });
  });

suite('only the public endpoint', () => {
  const counts = async (...types: string[]): Promise<Project['counts']> =>
    (await found('public', projectOf({ steps: types.map((type) => stepOf(type)) }))).counts;

  test('leaves open whether a selection has a vote', async () => {
    const { steps } = await found('public', projectOf({ steps: [stepOf('SelectionStep')] }));
    assert.equal(steps[0]?.votable, null);
  });
  test('does not say how many votes were on paper', async () => {
    assert.deepEqual((await counts('CollectStep')).votes, { online: 40, paper: null });
  });
  test('shows counts for the kinds of step that have any', async () => {
    assert.deepEqual(await counts(), { votes: null, contributions: null, contributors: null });
    assert.equal((await counts('SelectionStep')).contributions, null);
    assert.equal((await counts('SelectionStep')).contributors, 30);
    assert.equal((await counts('QuestionnaireStep')).contributions, 24);
  });
  test('tells a timeless step by its being open without dates', async () => {
    const timeRange = { startAt: null, endAt: null };
    const steps = [stepOf('CollectStep', { timeRange }), stepOf('QuestionnaireStep', { timeRange, state: 'CLOSED' })];
    const project = await found('public', projectOf({ steps }));
    assert.deepEqual(
      project.steps.map(({ timeless }) => timeless),
      [true, false],
    );
  });
});

suite('only the session', () => {
  test('adds the votes on paper', async () => {
    assert.deepEqual((await found('session', projectOf())).counts, {
      votes: { online: 40, paper: 2 },
      contributions: 24,
      contributors: 30,
    });
  });
  test('hides what the platform says may not be shown', async () => {
    const hidden = {
      isVotesCounterDisplayable: false,
      isContributionsCounterDisplayable: false,
      isParticipantsCounterDisplayable: false,
    };
    const nothing = { votes: null, contributions: null, contributors: null };
    assert.deepEqual((await found('session', projectOf(hidden))).counts, nothing);
    assert.deepEqual((await found('session', projectOf({ hasParticipativeStep: false }))).counts, nothing);
  });
  test('knows archived and restricted projects', async () => {
    assert.equal((await found('session', projectOf({ archived: true }))).archived, true);
    for (const visibility of ['ADMIN', 'ME', 'CUSTOM'])
      assert.equal((await found('session', projectOf({ visibility }))).restricted, true);
  });
  test('leaves out steps that are not enabled, and knows timeless ones and those with a vote', async () => {
    const steps = [
      stepOf('CollectStep', { enabled: false }),
      stepOf('SelectionStep', { votable: false }),
      stepOf('DebateStep', { timeless: true }),
      stepOf('OtherStep', { timeless: null }),
    ];
    const project = await found('session', projectOf({ steps }));
    assert.deepEqual(
      project.steps.map(({ kind, votable, timeless }) => [kind, votable, timeless]),
      [
        ['selection', false, false],
        ['debate', null, true],
        ['other', null, false],
      ],
    );
  });
  test('leads to where an external project lives, with the figures that staff have typed in', async () => {
    const external = {
      isExternal: true,
      externalLink: 'https://ailleurs.example/projet',
      externalVotesCount: 7,
      externalParticipantsCount: 0,
    };
    const project = await found('session', projectOf(external));
    assert.equal(project.url, 'https://ailleurs.example/projet');
    assert.deepEqual(project.counts, { votes: { online: 7, paper: 0 }, contributions: null, contributors: null });
  });
  test('keeps an external project’s own page where its link is none of the web', async () => {
    const project = await found('session', projectOf({ isExternal: true, externalLink: 'javascript:alert(1)' }));
    assert.equal(project.url, 'https://participez.valmont.example/project/budget');
  });
});
