/**
 * What a page downloads in JavaScript, whether that is within its budget, and what of it costs how much.
 *
 *   node tools/size.mjs [--json]
 *   node tools/size.mjs --modules [PAGE…]     by folder, package and module
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { builtFiles, builtPages, folder } from './pages.mjs';
import { sharesOf } from './shares.mjs';

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, modules: { type: 'boolean', default: false } },
});

const files = builtFiles();
const sizes = new Map(
  Object.keys(files).map((file) => {
    const bytes = readFileSync(path.join(folder, file));
    return [
      file,
      { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length },
    ];
  }),
);
const sum = (list, kind) => list.reduce((total, file) => total + sizes.get(file)[kind], 0);
const pages = builtPages(files).map(({ page, goal, gzip: budget, files: list }) => ({
  page,
  goal,
  raw: sum(list, 'raw'),
  gzip: sum(list, 'gzip'),
  brotli: sum(list, 'brotli'),
  budget,
  files: list,
}));
const within = pages.every(({ gzip, budget }) => gzip <= budget);

const unknown = wanted.filter((name) => !pages.some(({ page }) => page === name));
if (unknown.length > 0) {
  console.error(`Unknown page: ${unknown.join(', ')}. There are: ${pages.map(({ page }) => page).join(', ')}.`);
  process.exit(2);
}

const line = (name, { raw, gzip, brotli }, ...more) =>
  console.log([name.padEnd(52), ...[raw, gzip, brotli].map((bytes) => String(bytes).padStart(8)), ...more].join(' '));
const head = (name, ...more) => line(name, { raw: 'raw', gzip: 'gzip', brotli: 'brotli' }, ...more);

function printPages() {
  head('bytes', '  budget     goal');
  for (const page of pages) {
    const verdict =
      page.gzip > page.budget ? 'too large' : page.gzip > page.goal ? `goal missed by ${page.gzip - page.goal}` : '';
    line(page.page, page, String(page.budget).padStart(8), String(page.goal).padStart(8), ` ${verdict}`);
    for (const file of page.files) line(`  ${file}`, sizes.get(file));
  }
  console.log('\nevery file');
  for (const [file, size] of [...sizes].sort(([a], [b]) => a.localeCompare(b))) line(`  ${file}`, size);
}

function printModules() {
  head('bytes that a page would be smaller without it');
  for (const page of pages.filter(({ page }) => wanted.length === 0 || wanted.includes(page))) {
    console.log('');
    line(page.page, page);
    for (const { name, modules, ...share } of sharesOf(page.files)) {
      line(`  ${name}`, share);
      for (const module of modules) line(`    ${module.name}`, module);
    }
  }
}

if (options.json) console.log(JSON.stringify({ pages, files: Object.fromEntries(sizes), within }, null, 2));
else if (options.modules) printModules();
else printPages();
// Which of two pages is dear is a question; whether one is too dear, a check.
process.exitCode = within || options.modules ? 0 : 1;
