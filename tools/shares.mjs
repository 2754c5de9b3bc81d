/** What each module of a page costs it, by the source maps of the files that hold them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { eachMapping, TraceMap } from '@jridgewell/trace-mapping';

import { folder } from './pages.mjs';

/** What no module has written: the banner, imports and exports between files. */
const BUILD = '(build)';

/** Where a source is from: its path in `src/`, or in its package. */
const moduleOf = (source) =>
  source
    ? (/.*node_modules\/(.+)$/.exec(source)?.[1] ?? source.replace(/^(\.\.\/)+(src\/)?/, '').replace(/\.ts$/, ''))
    : BUILD;

/** What a module is counted with: its package, or its folder in `src/`. What lies in `src/` itself belongs to entries. */
function folderOf(module) {
  if (module === BUILD) return BUILD;
  if (!module.endsWith('.js')) return module.includes('/') ? module.split('/')[0] : 'entries';
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A file's code in pieces, each with the module that it comes from. */
function piecesOf(file) {
  const read = (name) => readFileSync(path.join(folder, name), 'utf8');
  const code = read(file);
  const starts = [0];
  for (const { length } of code.split('\n')) starts.push(starts.at(-1) + length + 1);
  const pieces = [{ from: 0, module: BUILD }];
  eachMapping(new TraceMap(read(`${file}.map`)), ({ generatedLine, generatedColumn, source }) =>
    pieces.push({ from: starts[generatedLine - 1] + generatedColumn, module: moduleOf(source) }),
  );
  return pieces.map(({ from, module }, at) => ({ module, code: code.slice(from, pieces[at + 1]?.from) }));
}

const kinds = {
  raw: (code) => Buffer.byteLength(code),
  gzip: (code) => gzipSync(code, { level: 9 }).length,
  brotli: (code) => brotliCompressSync(code).length,
};
const sizeOf = (code) => Object.fromEntries(Object.entries(kinds).map(([kind, measure]) => [kind, measure(code)]));

/**
 * By how much a page would be smaller without each of its folders and packages, and without each of their modules. What two
 * of them say alike is compressed with either, so that the parts come to less than the whole.
 *
 * @param files - What the page downloads.
 */
export function sharesOf(files) {
  const inFiles = files.map(piecesOf);
  const whole = inFiles.map((pieces) => sizeOf(pieces.map(({ code }) => code).join('')));
  const without = (isPart) => {
    const share = { raw: 0, gzip: 0, brotli: 0 };
    inFiles.forEach((pieces, at) => {
      const left = pieces.filter(({ module }) => !isPart(module));
      if (left.length === pieces.length) return;
      const size = sizeOf(left.map(({ code }) => code).join(''));
      for (const kind of Object.keys(share)) share[kind] += whole[at][kind] - size[kind];
    });
    return share;
  };
  const dearestFirst = (shares) => shares.sort((a, b) => b.gzip - a.gzip);
  const modules = [...new Set(inFiles.flat().map(({ module }) => module))];
  return dearestFirst(
    [...new Set(modules.map(folderOf))].map((name) => ({
      name,
      ...without((module) => folderOf(module) === name),
      modules: dearestFirst(
        modules
          .filter((module) => module !== name && folderOf(module) === name)
          .map((module) => ({ name: module, ...without((other) => other === module) })),
      ),
    })),
  );
}
