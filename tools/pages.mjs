/** The pages that the library is measured by, and what each of them downloads. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('../dist/cdn/', import.meta.url));

/**
 * Bytes (gzip -9) that each page may download: an entry, and the chunks that it loads for the elements on that page.
 * `goal` is what we want, `gzip` what no change may go beyond: where the goal is missed, the report says so. Some 2 100 bytes
 * of each limit are what graphql-request costs as it is published, more than with all cut out of it that we never call.
 */
const budgets = [
  { page: 'one card', chunks: ['project-card'], gzip: 20_098, goal: 15_000 },
  { page: 'card and counter', chunks: ['project-card', 'participation-counter'], gzip: 23_648, goal: 18_000 },
  {
    page: 'card and live counter',
    chunks: ['project-card', 'participation-counter', 'refresh'],
    gzip: 24_748,
    goal: 18_000,
  },
  { page: 'vote button', chunks: ['vote-button'], gzip: 25_500, goal: 17_000 },
  { page: 'card in cap-platform', chunks: ['platform', 'project-card'], gzip: 21_149, goal: 16_000 },
  { page: 'project list', chunks: ['project-list'], gzip: 25_399, goal: 19_000 },
  { page: 'event list', chunks: ['event-list'], gzip: 22_299, goal: 17_000 },
  {
    page: 'proposals and basket',
    chunks: ['proposal-list', 'vote-button', 'budget-basket'],
    gzip: 43_300,
    goal: 26_000,
  },
  {
    page: 'proposals and basket with choices',
    chunks: ['proposal-list', 'vote-button', 'budget-basket', 'basket-choices', 'hand-over'],
    gzip: 56_005,
    goal: 26_000,
  },
  { page: 'hand-over page', entry: 'handoff.js', chunks: [], gzip: 41_650, goal: 30_000 },
].map((budget) => ({ entry: 'cap-widgets.js', ...budget }));

/** Every file of the build for pages, by its name, as the build has described it. */
export function builtFiles() {
  const files = {};
  for (const manifest of ['manifest.json', 'manifest.handoff.json'])
    Object.assign(files, JSON.parse(readFileSync(path.join(folder, manifest), 'utf8')).files);
  return files;
}

/** The pages, each with the files that it downloads. */
export function builtPages(files = builtFiles()) {
  const chunkNamed = (name) => {
    const found = Object.keys(files).find((file) => files[file].name === name);
    if (!found) throw new Error(`dist/cdn/manifest.json has no chunk named ${name}.`);
    return found;
  };
  /** The files given and all that they import statically. */
  const download = (starts) => {
    const loaded = new Set();
    const load = (file) => {
      if (!files[file]) throw new Error(`dist/cdn/manifest.json does not list ${file}.`);
      if (loaded.has(file)) return;
      loaded.add(file);
      for (const imported of files[file].imports ?? []) load(imported);
    };
    for (const file of starts) load(file);
    return [...loaded];
  };
  return budgets.map(({ entry, chunks, ...page }) => ({
    ...page,
    files: download([entry, ...chunks.map(chunkNamed)]),
  }));
}
