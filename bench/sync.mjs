/**
 * What it costs to keep files in step with a large platform, and with one of a tenth of its size: a first run, one after a few
 * changes, and one after none. Each run is a process of its own, as a nightly job would start it.
 *
 *   npm run build && npm run bench:sync [projects] [contributions]
 *
 * Fails when memory grows with the number of objects, or an unchanged platform costs the write of a file.
 */
import { spawn } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { startSandbox } from '../sandbox/index.js';

const [projects, contributions] = [process.argv[2] ?? 10_000, process.argv[3] ?? 100_000].map(Number);
const LARGEST_RATIO = 1.3;
const program = fileURLToPath(new URL('../dist/npm/sync/bin.js', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'cap-widgets-bench-'));

/** Runs before the program, and tells at its end how much memory it has ever held. */
const witness = `data:text/javascript,process.on('exit',()=>console.error('maxRSS',process.resourceUsage().maxRSS))`;

/** One run of the command line: what it reports, how long it takes, and its greatest size in MB. */
async function run(platform, consultation, out) {
  const started = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', witness, program, 'sync', '--platform', platform, '--out', out, '--contributions', consultation],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let last = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  for await (const line of createInterface({ input: child.stdout })) last = line;
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)));
  if (code !== 0) throw new Error(`sync ended with ${code}: ${errors}`);
  const { requests, collections, written } = JSON.parse(last);
  return {
    seconds: (performance.now() - started) / 1000,
    memory: Number(/maxRSS (\d+)/.exec(errors)[1]) / 1024,
    requests,
    written: written.length,
    records: Object.values(collections).reduce((sum, each) => sum + each.records, 0),
    changes: Object.values(collections).reduce((sum, each) => sum + each.added + each.changed + each.removed, 0),
  };
}

/** Every file under a folder, with all by which a write to it would show. */
function filesIn(folder) {
  const files = new Map();
  for (const name of readdirSync(folder, { recursive: true })) {
    const stats = lstatSync(path.join(folder, name), { bigint: true });
    if (stats.isFile()) files.set(name, [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join());
  }
  return files;
}

/** How many files are not as they were, and how many were there only for a while. */
async function writesDuring(folder, work) {
  const before = filesIn(folder);
  const passing = new Set();
  const watchers = [
    folder,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  ].map((place) =>
    watch(place, (_, name) => {
      const file = path.join(place, String(name));
      // The lock is a folder with a link in it: neither is a file.
      if (lstatSync(file, { throwIfNoEntry: false })?.isFile()) passing.add(file);
    }),
  );
  const result = await work();
  for (const watcher of watchers) watcher.close();
  const after = filesIn(folder);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  return { ...result, writes: new Set([...changed, ...passing]).size };
}

/** A few things happen: some are written, some change, some are taken away. */
function change({ sql }) {
  sql.transaction(() => {
    sql.run(`UPDATE project SET title = title || ' (suite)' WHERE id IN (SELECT id FROM project ORDER BY id LIMIT 20)`);
    sql.run(`UPDATE project SET visibility = 'ADMIN' WHERE id IN (SELECT id FROM project ORDER BY id DESC LIMIT 10)`);
    sql.run(
      `UPDATE argument SET trashed_at = created_at, trashed_status = 'INVISIBLE', trashed_reason = 'Hors sujet'
        WHERE id IN (SELECT id FROM argument ORDER BY id LIMIT 20)`,
    );
  });
}

async function measure(size) {
  const sandbox = await startSandbox({ port: 0, bulk: size, mostProjects: Infinity });
  const { consultations } = await (await fetch(`${sandbox.platform}/sandbox/state`)).json();
  const out = path.join(scratch, String(size.projects));
  const sync = () => run(sandbox.platform, consultations.bulk, out);
  const full = await sync();
  change(sandbox.store);
  const incremental = await sync();
  const unchanged = await writesDuring(out, sync);
  await sandbox.stop();
  return { full, incremental, unchanged };
}

const small = await measure({ projects: projects / 10, contributions: contributions / 10 });
const large = await measure({ projects, contributions });
rmSync(scratch, { recursive: true });

const columns = ['', 'objects', 'changes', 'requests', 'seconds', 'files written', 'peak MB', 'of a tenth'];
const row = (cells) =>
  console.log(cells.map((cell, place) => (place ? String(cell).padStart(14) : cell.padEnd(24))).join(''));
row(columns);
const ratios = [];
for (const [title, results] of [
  ['a tenth', small],
  ['the whole', large],
])
  for (const [kind, { records, changes, requests, seconds, written, memory, writes }] of Object.entries(results)) {
    const ratio = memory / small[kind].memory;
    ratios.push(ratio);
    row([
      `${title}, ${kind}`,
      records,
      changes,
      requests,
      seconds.toFixed(1),
      writes ?? written,
      memory.toFixed(0),
      ratio.toFixed(2),
    ]);
  }

const faults = [
  ...(Math.max(...ratios) > LARGEST_RATIO
    ? [`memory grows: ${Math.max(...ratios).toFixed(2)} > ${LARGEST_RATIO}`]
    : []),
  ...(small.unchanged.writes + large.unchanged.writes > 0 ? ['an unchanged platform costs the write of a file'] : []),
];
for (const fault of faults) console.error(`✗ ${fault}`);
process.exitCode = faults.length ? 1 : 0;
