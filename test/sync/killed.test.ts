/** The command line is killed at random moments and started again. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import fc from 'fast-check';

import type { Sandbox } from '../../sandbox/server.js';
import { rawId } from '../../sandbox/platform/ids.js';
import { startSandbox } from '../../sandbox/server.js';
import { many, SEED } from '../support/sample.js';
import { checkFormat, checkPackage } from './killed.formats.js';
import { bundleProgram, end, start, startEcho, type Echo, type Program } from './killed.program.js';

const KILLS = many({ sample: 60, whole: 200 });
/** Folders that are filled at the same time. */
const LANES = 4;

/** When to kill: at a share of the time that a run takes, at so many changes in its folders, or in those of the last moment. */
const moment = fc.oneof(
  fc.record({ share: fc.double({ min: 0, max: 1.1, noNaN: true }) }),
  fc.record({ changes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ lastChanges: fc.integer({ min: 1, max: 12 }) }),
);
type Moment = { readonly share: number } | { readonly changes: number } | { readonly lastChanges: number };

/** What is left of the seed. */
const kept = (): string[] => {
  const { steps, consultations } = sandbox.store.state();
  const consultation = sandbox.store.sql.get(
    'SELECT step_id FROM consultation WHERE id = ?',
    rawId(String(consultations['main'])),
  );
  return [rawId(String(steps['minimum'])), String(consultation?.['step_id'])];
};
/** What happens on the platform between two runs. */
const chapters: readonly ((sql: Sandbox['store']['sql']) => unknown)[] = [
  // A few projects are enough, so that a run is short.
  (sql) =>
    sql.run(
      `UPDATE project SET visibility = 'ADMIN' WHERE id NOT IN (SELECT id FROM project ORDER BY id LIMIT 5)
        AND id NOT IN (SELECT project_id FROM step WHERE id IN (?, ?))`,
      ...kept(),
    ),
  (sql) => sql.run(`UPDATE event SET deleted_at = created_at WHERE id IN (SELECT id FROM event ORDER BY id LIMIT 3)`),
  (sql) =>
    sql.run(
      `UPDATE argument SET trashed_at = created_at, trashed_status = 'INVISIBLE', trashed_reason = '<b>Hors sujet</b>'
        WHERE id IN (SELECT id FROM argument WHERE trashed_at IS NULL ORDER BY id LIMIT 4)`,
    ),
  (sql) => {
    sql.run(`UPDATE project SET title = '=1+1 & "deux" <i>trois</i>; ' || title WHERE visibility = 'PUBLIC'`);
    sql.run(`UPDATE event SET deleted_at = NULL`);
  },
];

let sandbox: Sandbox;
let echo: Echo;
let program: Program;
let args: string[];
const scratch = mkdtempSync(path.join(tmpdir(), 'cap-widgets-killed-'));
before(async () => {
  sandbox = await startSandbox({ port: 0 });
  const state = sandbox.store.state();
  echo = await startEcho(sandbox.platform);
  program = await bundleProgram();
  const [proposals, contributions] = [state.steps['minimum'], state.consultations['main']].map(String);
  args = ['sync', '--platform', echo.url, '--proposals', String(proposals), '--contributions', String(contributions)];
});
after(async () => {
  await echo?.stop();
  await sandbox?.stop();
  program?.remove();
  rmSync(scratch, { recursive: true, force: true });
});

const begin = (out: string) => start(program, [...args, '--out', out]);

/** All that readers find in a folder. */
function shown(out: string): Map<string, string> {
  const names = readdirSync(out).filter((name) => !name.startsWith('.'));
  return new Map(names.sort().map((name) => [name, readFileSync(path.join(out, name), 'utf8')]));
}

/** A run that nobody disturbs. */
async function complete(out: string): Promise<void> {
  const { code, stdout, stderr } = await end(begin(out));
  assert.equal(code, 0, stdout.slice(-2000) + stderr);
}

/** Starts a run and kills it. False when it was over before. */
async function killed(out: string, when: Moment, duration: number): Promise<boolean> {
  const child = begin(out);
  const kill = (): void => void child.kill('SIGKILL');
  const timer = 'share' in when ? setTimeout(kill, when.share * duration) : undefined;
  let left = 'changes' in when ? when.changes : Infinity;
  const home = path.join(out, '.cap-widgets');
  const watched = new Set<string>();
  const look = (folder: string): void => {
    if (watched.has(folder)) return;
    watched.add(folder);
    try {
      const watcher = watch(folder, (_, name) => {
        // The link to the files of the last good run is turned.
        if (name?.startsWith('current') && 'lastChanges' in when && left === Infinity) left = when.lastChanges;
        if (--left === 0) kill();
        // The folders of a run have numbers for names.
        if (/^\d+$/.test(String(name))) look(path.join(home, String(name)));
        if (name === '.cap-widgets') look(home);
      });
      watcher.on('error', () => undefined);
      child.once('close', () => watcher.close());
    } catch {
      // It was gone before anybody could look: another change will do.
      watched.delete(folder);
    }
  };
  look(out);
  look(home);
  await end(child);
  clearTimeout(timer);
  return child.signalCode === 'SIGKILL';
}

test(`files are whole after ${KILLS} kills, and in the end as if nothing had happened (seed ${SEED})`, async (t) => {
  const moments = fc.sample(moment, { seed: SEED, numRuns: KILLS * 10 }) as Moment[];
  const each = Math.ceil(KILLS / LANES / chapters.length);
  const calm = path.join(scratch, 'calm');
  let before = new Map<string, string>();
  let kills = 0;
  let late = 0;
  const seen = { nothing: 0, partly: 0, before: 0, after: 0, writing: 0 };

  for (const [number, happen] of chapters.entries()) {
    happen(sandbox.store.sql);
    echo.forget();
    const from = path.join(scratch, `chapter-${number}`);
    if (number) cpSync(calm, from, { recursive: true, verbatimSymlinks: true });
    const started = performance.now();
    await complete(calm);
    // Where others are at work too, a run takes longer.
    const duration = 2 * (performance.now() - started);
    const goal = shown(calm);
    assert.notDeepEqual(goal, before);
    for (const [name, content] of goal) await checkFormat(name, content);
    checkPackage(goal);
    const fresh = (lane: string): string => {
      rmSync(lane, { recursive: true, force: true });
      if (number) cpSync(from, lane, { recursive: true, verbatimSymlinks: true });
      else mkdirSync(lane);
      return lane;
    };
    const harass = async (lane: string): Promise<void> => {
      fresh(lane);
      for (let done = 0; done < each;) {
        const when = moments.pop();
        if (!when) throw new Error('Too many runs were over before they could be killed.');
        if (!(await killed(lane, when, duration))) {
          late++;
          assert.deepEqual(shown(lane), goal);
          fresh(lane);
          continue;
        }
        done++;
        kills++;
        seen.writing += Number(existsSync(path.join(lane, '.cap-widgets', String(number + 1))));
        const found = shown(lane);
        // What is there is whole, of this run or of the one before, and never of both.
        if (number === 0 && found.size < goal.size) {
          for (const [name, content] of found) assert.equal(content, goal.get(name), name);
          seen[found.size ? 'partly' : 'nothing']++;
        } else if (found.get('changes.json') === goal.get('changes.json')) {
          assert.deepEqual(found, goal);
          seen.after++;
          await complete(lane);
          assert.deepEqual(shown(lane), goal);
          fresh(lane);
        } else {
          assert.deepEqual(found, before);
          seen.before++;
        }
      }
      await complete(lane);
      assert.deepEqual(shown(lane), goal);
      const rest = readdirSync(path.join(lane, '.cap-widgets')).sort();
      assert.deepEqual(rest, readdirSync(path.join(calm, '.cap-widgets')).sort());
    };
    await Promise.all(Array.from({ length: LANES }, (_, place) => harass(path.join(scratch, `lane-${place}`))));
    before = goal;
  }
  t.diagnostic(`${kills} kills, ${late} runs were over before; found ${JSON.stringify(seen)}`);
  assert.ok(kills >= KILLS);
  // The moments that count changes see to it on any machine.
  assert.ok(seen.writing > 0);
});
