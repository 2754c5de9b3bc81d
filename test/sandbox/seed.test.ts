import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { platformDate, platformDay, platformInstant } from '../../sandbox/platform/dates.js';
import { rawId } from '../../sandbox/platform/ids.js';
import { verifyPassword } from '../../sandbox/platform/passwords.js';
import { openStore, type Store } from '../../sandbox/platform/store.js';

const baseUrl = 'http://localhost:4401';
const store = openStore({ baseUrl });
const { sql } = store;
const state = store.state();
after(() => store.close());

/** Every row of every table, to compare two databases by. */
function everything({ sql: other }: Store): Record<string, unknown[]> {
  const tables = other.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  return Object.fromEntries(tables.map(({ name }) => [name, other.all(`SELECT * FROM ${name}`)]));
}

test('the state names what tests begin with', () => {
  const names = [
    'simple',
    'limited',
    'minimum',
    'budget',
    'ranking',
    'secret',
    'threshold',
    'requirements',
    'closed',
    'future',
    'envelope',
    'many',
  ];
  assert.deepEqual(Object.keys(state.steps).sort(), [...names].sort());
  assert.deepEqual(Object.keys(state.proposals).sort(), [...names].sort());
  assert.equal(state.projects.many.length, 120);
  for (const name of ['budget', 'consultation', 'closed', 'future', 'hidden'] as const) assert.ok(state.projects[name]);
  assert.deepEqual(Object.keys(state.accounts), ['citizen', 'second', 'unconfirmed', 'admin']);
  assert.match(state.accounts.admin.token ?? '', /^[0-9a-f]{32}$/);
  assert.equal(state.proposals['budget']?.length, 26);
  assert.equal(state.proposals['many']?.length, 500);
  const all = Object.values(state.proposals).flat();
  assert.equal(new Set(all).size, all.length, 'no two steps share a proposal');
});

test('the passwords of the state open the accounts, and are not in the database', () => {
  for (const { email, password } of Object.values(state.accounts)) {
    const hash =
      sql.get<{ password_hash: string }>('SELECT password_hash FROM user WHERE email = ?', email)?.password_hash ?? '';
    assert.ok(verifyPassword(password, hash), email);
    assert.ok(!verifyPassword(`${password}!`, hash), email);
    assert.ok(!hash.includes(password));
  }
});

test('every reference between rows holds', () => {
  assert.deepEqual(sql.all('PRAGMA foreign_key_check'), []);
  assert.throws(() => sql.run("INSERT INTO project_author (project_id, user_id) VALUES ('x', 'y')"), /FOREIGN KEY/);
});

test('nobody votes twice for a proposal in a step', () => {
  const vote = sql.get<{ user_id: string; proposal_id: string; step_id: string }>('SELECT * FROM proposal_vote');
  assert.throws(
    () =>
      sql.run(
        'INSERT INTO proposal_vote (user_id, proposal_id, step_id, created_at) VALUES (?, ?, ?, 1)',
        vote?.user_id ?? '',
        vote?.proposal_id ?? '',
        vote?.step_id ?? '',
      ),
    /UNIQUE/,
  );
});

test('the seeded ballots keep the rules of their steps', () => {
  const ballots = sql.all<{
    title: string;
    n: number;
    cost: number;
    budget: number | null;
    most: number | null;
    least: number | null;
  }>(
    `SELECT s.title, count(*) AS n, sum(coalesce(p.estimation, 0)) AS cost,
        CASE WHEN s.vote_type = 'BUDGET' THEN s.budget END AS budget, s.votes_limit AS most, s.votes_min AS least
      FROM proposal_vote v JOIN step s ON s.id = v.step_id JOIN proposal p ON p.id = v.proposal_id
      GROUP BY v.step_id, v.user_id`,
  );
  assert.ok(ballots.length > 1000);
  for (const { title, n, cost, budget, most, least } of ballots) {
    assert.ok(budget === null || cost <= budget, title);
    assert.ok(most === null || n <= most, title);
    assert.ok(least === null || n >= least, title);
  }
  const step = rawId(state.steps['budget'] ?? '');
  const voted = sql.number('SELECT count(*) FROM proposal_vote WHERE step_id = ?', step);
  const voters = sql.number('SELECT count(DISTINCT user_id) FROM proposal_vote WHERE step_id = ?', step);
  assert.ok(voted > 1100 && voted < 1300, `${voted} votes`);
  assert.equal(voters, 400);
});

test('nothing was done before it could be, nor will be done tomorrow', () => {
  const now = Date.now();
  for (const table of [
    'proposal',
    'proposal_vote',
    'opinion',
    'version',
    'argument',
    'source',
    'reply',
    'comment',
    'event',
    'user',
  ]) {
    assert.equal(sql.number(`SELECT count(*) FROM ${table} WHERE created_at > ?`, now), 0, table);
  }
  const early = `SELECT count(*) FROM proposal_vote v JOIN step s ON s.id = v.step_id
    WHERE v.created_at < s.start_at OR v.created_at > s.end_at`;
  assert.equal(sql.number(early), 0);
});

test('texts are well written: curly apostrophes, no doubled spaces, tags that close', () => {
  const texts = ['proposal', 'opinion', 'version', 'project', 'step', 'event_translation', 'consultation']
    .flatMap((table) => sql.all<Record<string, string | null>>(`SELECT * FROM ${table}`))
    .flatMap((row) => [row['title'], row['summary'], row['body'], row['description']])
    .filter((text): text is string => typeof text === 'string');
  assert.ok(texts.length > 500);
  for (const text of texts) {
    assert.doesNotMatch(text, /\p{L}'\p{L}|  |undefined/u, text);
    const count = (pattern: RegExp): number => (text.match(pattern) ?? []).length;
    assert.equal(count(/<p>/g), count(/<\/p>/g), text);
  }
  const titles = sql.all<{ title: string }>('SELECT title FROM project UNION ALL SELECT title FROM proposal');
  assert.ok(titles.some(({ title }) => title.includes('L&#039;école')));
  assert.ok(titles.some(({ title }) => title.includes('&amp;')));
  const projects = sql.all<{ title: string }>('SELECT title FROM project');
  assert.equal(new Set(projects.map(({ title }) => title)).size, projects.length, 'no two projects share a title');
});

test('pictures have addresses that the platform can draw, each its own', () => {
  const pictures = sql.all<{ kind: string; slug: string }>('SELECT kind, slug FROM media');
  const paths = pictures.map(({ kind, slug }) => `/media/${kind}/${slug}.svg`);
  for (const path of paths) assert.match(path, /^\/media\/[a-z-]+\/[a-z\d-]+\.svg$/);
  assert.equal(new Set(paths).size, paths.length);
});

test('events: some past, two on one day, one over several days, one without an end', () => {
  const events = sql.all<{ start_at: number; end_at: number | null }>('SELECT start_at, end_at FROM event');
  const days = events.map((event) => platformDate(event.start_at).slice(0, 10));
  assert.equal(events.length, 15);
  assert.equal(new Set(days).size, 14);
  assert.ok(events.some(({ start_at: start, end_at: end }) => end !== null && end - start > 48 * 3_600_000));
  assert.ok(events.some(({ end_at: end }) => end === null));
  assert.ok(
    events.some(({ start_at: start }) => start < Date.now()) &&
      events.some(({ start_at: start }) => start > Date.now()),
  );
});

test('the seed is the same at the same moment, on any day of the year', () => {
  for (const moment of ['2026-03-29T00:30:00Z', '2026-10-25T01:15:00Z', '2026-12-31T23:30:00Z']) {
    const now = () => Date.parse(moment);
    const [one, two] = [openStore({ baseUrl, now }), openStore({ baseUrl, now })];
    assert.deepEqual(everything(one), everything(two));
    assert.deepEqual(one.state(), state);
    one.close();
    two.close();
  }
});

test('a reset brings the seed back, quickly, and tells those who listen', () => {
  const other = openStore({ baseUrl, now: () => 1_800_000_000_000 });
  const before = everything(other);
  let heard = 0;
  other.onReset(() => (heard += 1));
  other.sql.run('DELETE FROM proposal_vote');
  other.sql.run("UPDATE project SET title = 'Autre'");
  // The processor's time: other programs may run beside the test.
  const start = process.cpuUsage();
  other.reset();
  const { user, system } = process.cpuUsage(start);
  const took = (user + system) / 1000;
  assert.deepEqual(everything(other), before);
  assert.equal(heard, 1);
  assert.ok(took < 1000, `took ${took.toFixed(0)} ms`);
  other.close();
});

test('a folder keeps the database, even from a process that was killed', () => {
  const data = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const first = openStore({ baseUrl, data });
  first.sql.run("UPDATE feature_flag SET enabled = 1 WHERE type = 'multilangue'");
  // Not closed: as if the process had been killed between two statements.
  const second = openStore({ baseUrl, data });
  assert.equal(second.flag('multilangue'), true);
  assert.deepEqual(second.state(), state);
  second.reset();
  assert.equal(second.flag('multilangue'), false);
  second.close();
  first.close();
  rmSync(data, { recursive: true });
});

test('addresses that the API gives lead to the pages of their objects', () => {
  const page = (path: string) => store.findPage(path);
  const budget = page('/project/budget-participatif-2026');
  assert.equal(budget?.id, rawId(state.projects.budget));
  assert.equal(budget?.children?.length, 5);
  const vote = page('/project/budget-participatif-2026/selection/vote-des-habitants');
  assert.equal(vote?.id, rawId(state.steps['budget'] ?? ''));
  for (const child of [...(budget?.children ?? []), ...(vote?.children ?? [])]) {
    assert.equal(page(new URL(child.url).pathname)?.title, child.title);
  }
  assert.equal(page('/fr/project/budget-participatif-2026')?.id, budget?.id);
  assert.equal(page('/events/stand-du-vote-au-marche')?.kind, 'event');
  assert.equal(page('/themes/mobilites')?.kind, 'theme');
  assert.equal(page('/profile/ville-de-valmont')?.kind, 'user');
  assert.equal(page('/project/brouillon-budget-participatif-2027'), undefined, 'a hidden project has no public page');
  assert.equal(page('/project/rien'), undefined);
});

test('the platform’s clock goes through both changes of time', () => {
  assert.equal(platformDate(Date.parse('2026-03-29T00:59:59Z')), '2026-03-29 01:59:59');
  assert.equal(platformDate(Date.parse('2026-03-29T01:00:00Z')), '2026-03-29 03:00:00');
  assert.equal(platformInstant('2026-10-25 02:30:00'), Date.parse('2026-10-25T00:30:00Z'), 'the first of two');
  assert.equal(platformInstant('2026-03-29 02:30:00'), Date.parse('2026-03-29T01:30:00Z'), 'the one that is left out');
  assert.equal(platformInstant('2026-02-30 10:00:00'), undefined);
  assert.equal(platformInstant('2026-03-29 24:00:00'), undefined);
  assert.equal(platformDate(platformDay(Date.parse('2026-03-28T22:30:00Z'), 1, 9)), '2026-03-29 09:00:00');
});
