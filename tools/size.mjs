/**
 * What a page downloads in JavaScript, and whether that is within its budget.
 *
 *   node tools/size.mjs [--json]
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/**
 * Bytes (gzip -9) that each page may download: an entry, and the chunks that it loads for the elements on that page.
 * `goal` is what we want, `gzip` what no change may go beyond: where the goal is missed, the report says so.
 */
const budgets = [
  { page: 'one card', chunks: ['project-card'], gzip: 18_000, goal: 15_000 },
  { page: 'card and counter', chunks: ['project-card', 'participation-counter'], gzip: 21_550, goal: 18_000 },
  {
    page: 'card and live counter',
    chunks: ['project-card', 'participation-counter', 'refresh'],
    gzip: 22_650,
    goal: 18_000,
  },
  { page: 'vote button', chunks: ['vote-button'], gzip: 23_400, goal: 17_000 },
  { page: 'card in cap-platform', chunks: ['platform', 'project-card'], gzip: 19_050, goal: 16_000 },
  { page: 'project list', chunks: ['project-list'], gzip: 23_300, goal: 19_000 },
  { page: 'event list', chunks: ['event-list'], gzip: 20_200, goal: 17_000 },
  {
    page: 'proposals and basket',
    chunks: ['proposal-list', 'vote-button', 'budget-basket'],
    gzip: 41_200,
    goal: 26_000,
  },
  {
    page: 'proposals and basket with choices',
    chunks: ['proposal-list', 'vote-button', 'budget-basket', 'basket-choices', 'directives', 'hand-over'],
    gzip: 53_900,
    goal: 26_000,
  },
  { page: 'hand-over page', entry: 'handoff.js', chunks: [], gzip: 39_600, goal: 30_000 },
].map((budget) => ({ entry: 'cap-widgets.js', ...budget }));

const folder = fileURLToPath(new URL('../dist/cdn/', import.meta.url));
const { files } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));

const sizes = new Map(
  Object.keys(files).map((file) => {
    const bytes = readFileSync(path.join(folder, file));
    return [
      file,
      { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length },
    ];
  }),
);

function chunkNamed(name) {
  const found = Object.keys(files).find((file) => files[file].name === name);
  if (!found) throw new Error(`dist/cdn/manifest.json has no chunk named ${name}.`);
  return found;
}

/** The files given and all that they import statically. */
function download(starts) {
  const loaded = new Set();
  const load = (file) => {
    if (!files[file]) throw new Error(`dist/cdn/manifest.json does not list ${file}.`);
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const imported of files[file].imports ?? []) load(imported);
  };
  for (const file of starts) load(file);
  return [...loaded];
}

const sum = (list, kind) => list.reduce((total, file) => total + sizes.get(file)[kind], 0);

const pages = budgets.map(({ page, entry, chunks, gzip: budget, goal }) => {
  // The entry loads the shared chunk for whatever element there is.
  const list = download([entry, ...chunks.map(chunkNamed)]);
  return {
    page,
    goal,
    raw: sum(list, 'raw'),
    gzip: sum(list, 'gzip'),
    brotli: sum(list, 'brotli'),
    budget,
    files: list,
  };
});
const within = pages.every(({ gzip, budget }) => gzip <= budget);

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ pages, files: Object.fromEntries(sizes), within }, null, 2));
} else {
  const line = (name, { raw, gzip, brotli }, ...more) =>
    console.log([name.padEnd(44), ...[raw, gzip, brotli].map((bytes) => String(bytes).padStart(8)), ...more].join(' '));
  console.log(
    `${'bytes'.padEnd(44)} ${['raw', 'gzip', 'brotli'].map((kind) => kind.padStart(8)).join(' ')}   budget     goal`,
  );
  for (const page of pages) {
    const verdict =
      page.gzip > page.budget ? 'too large' : page.gzip > page.goal ? `goal missed by ${page.gzip - page.goal}` : '';
    line(page.page, page, String(page.budget).padStart(8), String(page.goal).padStart(8), ` ${verdict}`);
    for (const file of page.files) line(`  ${file}`, sizes.get(file));
  }
  console.log('\nevery file');
  for (const [file, size] of [...sizes].sort(([a], [b]) => a.localeCompare(b))) line(`  ${file}`, size);
}
process.exitCode = within ? 0 : 1;
