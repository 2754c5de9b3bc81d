import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';

import { CapClient, type ClientContribution } from '../../src/client.js';
import { all, startTown, type Town } from './support.js';

let town: Town;
let client: CapClient;
before(async () => {
  town = await startTown({ bulk: { contributions: 250 } });
  client = new CapClient({ platform: town.url });
});
after(() => town.sandbox.stop());
beforeEach(() => town.requests());

const sql = () => town.sandbox.store.sql;
const named = <T extends { readonly id: string }>(list: readonly T[], id: string | undefined): T => {
  const found = list.find((item) => item.id === id);
  if (!found) throw new Error(`${id} is not there`);
  return found;
};

suite('projects', () => {
  test('are all those that the public may see, the oldest first, in as few requests as there are pages', async () => {
    const projects = await all(client.projects());
    const open = sql().number(
      "SELECT count(*) FROM project WHERE visibility = 'PUBLIC' AND (locale IS NULL OR locale = 'fr-FR')",
    );
    assert.equal(projects.length, open);
    assert.ok(open > 100);
    const dates = projects.map(({ publishedAt }) => publishedAt);
    assert.deepEqual(
      dates,
      [...dates].sort((a, b) => a - b),
    );
    assert.equal((await town.requests()).length, 2);
    assert.equal(
      projects.find(({ id }) => id === town.state.projects.hidden),
      undefined,
    );
  });

  test('hold what the platform tells of them, in plain values', async () => {
    const project = named(await all(client.projects()), town.state.projects.budget);
    assert.match(project.url, new RegExp(`^${town.url}/project/`));
    assert.match(project.cover ?? '', new RegExp(`^${town.url}/`));
    assert.ok(project.steps.length > 1 && project.themes.length > 0 && project.authors.length > 0);
    assert.ok(project.counts.votes > 0);
    assert.deepEqual(JSON.parse(JSON.stringify(project)), project);
    for (const { startAt, endAt, state } of project.steps) {
      assert.ok(startAt === null || Number.isSafeInteger(startAt));
      assert.ok(endAt === null || Number.isSafeInteger(endAt));
      assert.match(state, /^(future|open|closed)$/);
    }
  });

  test('have titles without the entities of HTML', async () => {
    const titles = (await all(client.projects())).map(({ title }) => title);
    assert.ok(sql().number("SELECT count(*) FROM project WHERE title LIKE '%&amp;%'") > 0);
    assert.deepEqual(
      titles.filter((title) => /&\w+;/.test(title)),
      [],
    );
  });

  test('can be those of one theme, the newest first, and no more than so many', async () => {
    const [first] = await all(client.projects({ order: 'newest', first: 1 }));
    const theme = first?.themes[0];
    const some = await all(client.projects({ theme: theme?.id, order: 'newest', first: 3 }));
    assert.equal(some[0]?.id, first?.id);
    assert.ok(some.length <= 3 && some.every(({ themes }) => themes.some(({ id }) => id === theme?.id)));
    const requests = await town.requests();
    assert.match(decodeURIComponent(requests[0]?.body ?? ''), /first":1[,}]/);
  });

  test('are found one by one, and are null where there is none to see', async () => {
    const listed = named(await all(client.projects()), town.state.projects.consultation);
    assert.deepEqual(await client.project(listed.id), listed);
    assert.equal(await client.project('UHJvamVjdDpub25l'), null);
    assert.equal(await client.project(String(town.state.projects.hidden)), null);
    assert.equal(await client.project(String(town.state.steps.budget)), null);
  });

  test('show more to whoever has a key', async () => {
    const mayor = new CapClient({ platform: town.url, token: town.state.accounts.admin.token });
    const hidden = await mayor.project(String(town.state.projects.hidden));
    assert.equal(hidden?.id, town.state.projects.hidden);
    assert.ok((await all(mayor.projects())).length > (await all(client.projects())).length);
  });

  test('come with their steps, or alone', async () => {
    const project = await client.project(String(town.state.projects.budget));
    assert.deepEqual(await all(client.steps(String(town.state.projects.budget))), project?.steps);
    await assert.rejects(all(client.steps('UHJvamVjdDpub25l')), { code: 'not-found' });
  });

  test('asked for in one tick go in one request', async () => {
    await Promise.all([
      client.project(String(town.state.projects.budget)),
      client.project(String(town.state.projects.closed)),
    ]);
    assert.equal((await town.requests()).length, 1);
  });
});

suite('proposals', () => {
  test('are those of a step, with their cost and their votes in it', async () => {
    const id = String(town.state.steps.budget);
    const proposals = await all(client.proposals(id));
    assert.equal(
      proposals.length,
      sql().number(
        'SELECT count(*) FROM proposal_selection x JOIN proposal p ON p.id = x.proposal_id WHERE x.step_id = ? AND p.trashed_at IS NULL AND p.published_at IS NOT NULL AND p.draft = 0 AND p.deleted_at IS NULL',
        rawId(id),
      ),
    );
    assert.ok(proposals.some(({ cost }) => cost !== null && cost > 0));
    assert.ok(proposals.some(({ votes }) => votes.kind === 'tally' && votes.value > 0 && (votes.paper ?? 0) > 0));
    assert.ok(proposals.some(({ place }) => place !== null));
    assert.ok(proposals.every(({ author, reference }) => author.id !== '' && reference !== ''));
    assert.ok(proposals.some(({ status }) => status !== null));
    // One for the page, one for the step's rules, one for the costs.
    assert.equal((await town.requests()).length, 3);
  });

  test('of a secret ballot have no number of votes', async () => {
    const proposals = await all(client.proposals(String(town.state.steps.secret)));
    assert.ok(proposals.length > 0);
    assert.ok(proposals.every(({ votes }) => votes.kind === 'secret'));
    assert.doesNotMatch(JSON.stringify(proposals), /"value"/);
  });

  test('without the rules have neither cost nor votes, and no word of it goes to the other API', async () => {
    const careful = new CapClient({ platform: town.url, rules: 'off' });
    const proposals = await all(careful.proposals(String(town.state.steps.budget)));
    assert.ok(proposals.length > 0);
    assert.ok(proposals.every(({ cost, votes }) => cost === null && votes.kind === 'not-counted'));
    assert.deepEqual([...new Set((await town.requests()).map(({ path }) => path))], ['/graphql']);
  });

  test('are read without the rules where these are closed to strangers', async () => {
    await town.fault({ path: '/graphql/internal', times: 1, status: 403, body: 'no' });
    const guest = new CapClient({ platform: town.url });
    const proposals = await all(guest.proposals(String(town.state.steps.budget)));
    await town.fault({});
    assert.ok(proposals.length > 0 && proposals.every(({ cost }) => cost === null));
  });

  test('fail where the rules may answer later: what was known must not be lost', async () => {
    await town.fault({ path: '/graphql/internal', times: 3, status: 500, body: 'oops' });
    const guest = new CapClient({ platform: town.url });
    await assert.rejects(all(guest.proposals(String(town.state.steps.budget))), { code: 'server' });
    await town.fault({});
  });

  test('of what is no such step are not found', async () => {
    for (const id of ['U2VsZWN0aW9uU3RlcDpub25l', String(town.state.projects.budget)])
      await assert.rejects(all(client.proposals(id)), { code: 'not-found' });
  });
});

suite('events', () => {
  test('are all there, in the order of their start, at the instants that the town’s clocks mean', async () => {
    const events = await all(client.events());
    const kept = sql().all<{ start_at: number; end_at: number | null }>(
      'SELECT start_at, end_at FROM event WHERE deleted_at IS NULL AND enabled = 1 ORDER BY start_at, id',
    );
    const seconds = (at: number | null): number | null => (at === null ? null : Math.floor(at / 1000));
    assert.deepEqual(
      events.map(({ startAt, endAt }) => [seconds(startAt), seconds(endAt)]),
      kept.map((event) => [seconds(event.start_at), seconds(event.end_at)]),
    );
    const latest = await all(client.events({ order: 'latest' }));
    assert.equal(latest[0]?.startAt, events.at(-1)?.startAt);
  });

  test('can be those of one project', async () => {
    const counts = sql().all<{ id: string; n: number }>(
      'SELECT project_id AS id, count(*) AS n FROM event_project GROUP BY project_id',
    );
    const events = await all(client.events({ project: String(counts[0]?.id) }));
    assert.ok(events.length > 0 && events.length <= Number(counts[0]?.n));
  });

  test('speak the language asked for, where the platform has several', async () => {
    town.flag('multilangue', true);
    const english = await all(new CapClient({ platform: town.url, lang: 'en-GB' }).events());
    town.flag('multilangue', false);
    assert.ok(english.some(({ title }) => title === 'Voting stand at the market'));
    assert.ok(!(await all(client.events())).some(({ title }) => title === 'Voting stand at the market'));
  });

  test('are read in the zone that the client is told', async () => {
    const elsewhere = new CapClient({ platform: town.url, timeZone: 'Indian/Reunion' });
    const [there] = await all(elsewhere.events({ first: 1 }));
    const [here] = await all(client.events({ first: 1 }));
    assert.ok([2, 3].includes(Number(here && there && (here.startAt - there.startAt) / 3_600_000)));
  });
});

suite('contributions', () => {
  const main = (): string => String(town.state.consultations.main);
  const bulk = (): string => String(town.state.consultations.bulk);

  test('are of four kinds, each under what it is about', async () => {
    const found = await all(client.contributions(bulk()));
    const of = (kind: ClientContribution['kind']) => found.filter((contribution) => contribution.kind === kind);
    assert.deepEqual([...new Set(found.map(({ kind }) => kind))].sort(), ['argument', 'opinion', 'source', 'version']);
    assert.ok(of('opinion').every(({ parentId }) => parentId === null));
    const ids = new Set((await all(client.contributions(bulk(), { includeTrashed: true }))).map(({ id }) => id));
    assert.ok(found.every(({ kind, parentId }) => kind === 'opinion' || ids.has(String(parentId))));
    assert.ok(of('argument').every(({ stance, title }) => stance !== null && title === null));
    assert.ok(found.every(({ html, moderation }) => html !== null && moderation === null));
    assert.equal(
      found.length,
      sql().number('SELECT count(*) FROM contribution WHERE consultation_id = ? AND trashed_at IS NULL', rawId(bulk())),
    );
  });

  test('come oldest first or newest first', async () => {
    const found = await all(client.contributions(bulk()));
    const dates = found.map(({ createdAt }) => createdAt);
    assert.deepEqual(
      dates,
      [...dates].sort((a, b) => a - b),
    );
    const [newest] = await all(client.contributions(bulk(), { order: 'newest', first: 1 }));
    assert.equal(newest?.createdAt, dates.at(-1));
  });

  const isKept = ({ moderation }: ClientContribution): boolean => moderation === null;

  test('say when and why they were moderated, and keep quiet what must not be shown', async () => {
    const found = await all(client.contributions(main(), { includeTrashed: true }));
    const moderated = found.filter((contribution) => !isKept(contribution));
    const trashed = sql().all<{ n: number; status: string }>(
      'SELECT count(*) AS n, trashed_status AS status FROM contribution n JOIN (SELECT id, trashed_status FROM opinion UNION SELECT id, trashed_status FROM version UNION SELECT id, trashed_status FROM argument UNION SELECT id, trashed_status FROM source) t ON t.id = n.id WHERE consultation_id = ? AND trashed_at IS NOT NULL GROUP BY trashed_status',
      rawId(main()),
    );
    for (const { n, status } of trashed)
      assert.equal(moderated.filter(({ moderation }) => moderation?.status === status.toLowerCase()).length, n, status);
    assert.ok(new Set(moderated.map(({ kind }) => kind)).size >= 3);
    for (const { moderation, title, html, text } of moderated) {
      assert.ok(moderation?.at);
      if (moderation?.status === 'invisible') assert.deepEqual([title, html, text], [null, null, null]);
      else assert.notEqual(html, null);
    }
    assert.ok(moderated.some(({ moderation }) => /charte/.test(moderation?.reason ?? '')));
    assert.equal((await all(client.contributions(main()))).length, found.filter(isKept).length);
  });

  test('are withheld where nobody says why an opinion was moderated', async () => {
    const careful = new CapClient({ platform: town.url, rules: 'off' });
    const found = await all(careful.contributions(main(), { includeTrashed: true }));
    const known = await all(client.contributions(main(), { includeTrashed: true }));
    const ids = (list: readonly ClientContribution[]): string[] =>
      list.filter((contribution) => !isKept(contribution)).map(({ id }) => id);
    assert.deepEqual(ids(found), ids(known));
    const opinions = found.filter((contribution) => contribution.kind === 'opinion' && !isKept(contribution));
    assert.ok(opinions.length > 0);
    for (const { title, html, moderation } of opinions) {
      assert.deepEqual([title, html], [null, null]);
      assert.deepEqual(moderation, { status: null, at: null, reason: null });
    }
  });

  test('of an empty consultation are none, of no consultation are not found', async () => {
    assert.deepEqual(await all(client.contributions(String(town.state.consultations.empty))), []);
    await assert.rejects(all(client.contributions('Q29uc3VsdGF0aW9uOm5vbmU=')), { code: 'not-found' });
    await assert.rejects(all(client.contributions(String(town.state.projects.budget))), { code: 'not-found' });
  });
});

suite('numbers', () => {
  test('are those that a counter shows', async () => {
    const count = await client.count({ kind: 'project', id: String(town.state.projects.budget) }, 'votes');
    assert.ok(count?.kind === 'tally' && count.value > 0);
    assert.equal(await client.count({ kind: 'project', id: 'UHJvamVjdDpub25l' }, 'votes'), null);
  });

  test('of a secret ballot are not told', async () => {
    const proposals = await all(client.proposals(String(town.state.steps.secret), { first: 1 }));
    const count = await client.count({ kind: 'proposal', id: String(proposals[0]?.id) }, 'votes');
    assert.equal(count?.kind, 'secret');
  });
});

const rawId = (id: string): string => Buffer.from(id, 'base64').toString().split(':')[1] ?? '';
