import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { literalsHtmlCssMinifier } from '@literals/rollup-plugin-html-css-minifier';
import alias from '@rollup/plugin-alias';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';
import MagicString from 'magic-string';

import { chunks } from './src/chunks.mjs';
import { chunkTable } from './tools/chunk-table.mjs';
import { shortNames } from './tools/short-names.mjs';
import { banner, thirdParty } from './tools/third-party.mjs';
import { unnamedLit } from './tools/unnamed-lit.mjs';

const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const local = (path) => new URL(path, import.meta.url).pathname;

/** The sources of this directory's files, as one text. */
const sourcesIn = (folder) =>
  readdirSync(local(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .sort()
    .map((file) => `${path.relative(local('.'), file)}\n${readFileSync(file, 'utf8')}`)
    .join('\n');

/** What tells this build from others. One for all its files: they fit together, and a hash of each would cost every page its bytes. */
const build = createHash('sha256')
  .update(['src', 'tools'].map(sourcesIn).join('\n'))
  .update(readFileSync(local('package-lock.json')))
  .update(readFileSync(local('rollup.config.mjs')))
  .digest('hex')
  .slice(0, 8)
  .toUpperCase();

/** Code with other words in it, and a map that still knows where all of it is from. */
function reworded(code, find, replacement) {
  const next = new MagicString(code).replace(find, replacement);
  return { code: next.toString(), map: next.generateMap({ hires: 'boundary' }) };
}

/** Gives our own custom properties, the oftenest first, short names, the same in every file: they are nobody else's. */
const shortProperties = () => {
  const uses = new Map();
  for (const [name] of sourcesIn('src').matchAll(/--_[\w-]+/g)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const properties = [...uses.keys()].sort((a, b) => uses.get(b) - uses.get(a) || (a < b ? -1 : 1));
  const short = new Map(properties.map((name, index) => [name, `--${(index + 10).toString(36)}_`]));
  return {
    name: 'short-properties',
    renderChunk(code, { exports }) {
      const lost = exports.find((name) => names.has(name));
      if (lost)
        this.error(
          `${lost} is exported by that name, and called by a short one: take it out of tools/short-names.mjs.`,
        );
      return reworded(code, /--_[\w-]+/g, (name) => short.get(name) ?? name);
    },
  };
};

/** Writes the size, integrity and imports of every file into another one. */
const manifest = (file) => ({
  name: 'manifest',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const files = {};
      for (const [fileName, chunk] of Object.entries(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const bytes = Buffer.from(chunk.code);
        files[fileName] = {
          name: chunk.name,
          entry: chunk.isEntry,
          integrity: `sha384-${createHash('sha384').update(bytes).digest('base64')}`,
          raw: bytes.length,
          gzip: gzipSync(bytes, { level: 9 }).length,
          brotli: brotliCompressSync(bytes).length,
          imports: chunk.imports,
          dynamicImports: chunk.dynamicImports,
        };
      }
      this.emitFile({ type: 'asset', fileName: file, source: JSON.stringify({ files }, null, 2) });
    },
  },
});

/** Takes the layout out of GraphQL documents, which are marked by a comment for editors. */
const squeezeDocuments = () => ({
  name: 'squeeze-documents',
  transform: (code, id) =>
    id.includes('/documents/') && {
      code: code.replace(/\/\* GraphQL \*\/ `([^`]*)`/g, (_, document) =>
        JSON.stringify(
          document
            .replace(/\s+/g, ' ')
            .replace(/ ?([{}():,]) ?/g, '$1')
            .trim(),
        ),
      ),
      map: null,
    },
});

/** Takes the types out; `tsc` checks them. Specifiers end in `.js`, as the files will. */
const typescript = () => ({
  name: 'typescript',
  resolveId: (source, importer) =>
    importer && /^\.{1,2}\/.*\.js$/.test(source) && importer.includes('/src/')
      ? new URL(source.replace(/js$/, 'ts'), `file://${importer}`).pathname
      : null,
  transform: (code, id) =>
    id.endsWith('.ts')
      ? transform(code, {
          loader: 'ts',
          target: 'es2022',
          sourcemap: true,
          tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
        })
      : null,
});

/** Lays the hand-over page beside the scripts, for the platform's operator to install. */
const handoffPage = () => ({
  name: 'handoff-page',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'handoff.html', source: readFileSync(local('src/handoff.html'), 'utf8') });
  },
});

const plugins = [
  // graphql-request brings a whole GraphQL parser, to find the name of an operation: we send documents as they are.
  alias({ entries: [{ find: /^graphql$/, replacement: local('tools/graphql-stub.js') }] }),
  squeezeDocuments(),
  literalsHtmlCssMinifier({
    include: ['src/**'],
    failOnError: true,
    options: {
      minifyOptions: {
        conservativeCollapse: true,
        collapseBooleanAttributes: true,
        decodeEntities: false,
        removeEmptyAttributes: false,
      },
    },
  }),
  typescript(),
  resolve(),
  unnamedLit(),
];

const names = shortNames();
const minify = terser({
  module: true,
  ecma: 2022,
  compress: {
    passes: 5,
    // Takes `String(x)` for what it says: nothing of ours has a `valueOf` of its own.
    unsafe: true,
    keep_fargs: false,
    unsafe_arrows: true,
    unsafe_methods: true,
    pure_getters: true,
    hoist_props: true,
  },
  mangle: {
    properties: {
      cache: { props: names },
      regex: new RegExp(`^(${[...names.keys()].join('|').replaceAll('$', '\\$')})$`),
    },
  },
  // Ours, and no others.
  format: { comments: /^! Cap Widgets/ },
});

const onwarn = (warning) => {
  // graphql-request is circular in itself.
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return;
  throw new Error(warning.message);
};

/**
 * Chunks take what they share from the entry that runs, and not by its address: by that, `cap-widgets.js?v=1` would be loaded
 * a second time, without the query, and nothing of the two would fit together. By number, as names are not worth their bytes.
 */
const onlyOneEntry = () => {
  const place = `window[Symbol.for("${build}")]`;
  const pairsOf = (list) => list.split(',').map((pair) => pair.split(' as '));
  return {
    name: 'only-one-entry',
    renderChunk(code, { isEntry }, _, { chunks }) {
      const { exports } = chunks['cap-widgets.js'];
      const shared = (list) => {
        const local = new Map(pairsOf(list).map(([inside, outside = inside]) => [outside, inside]));
        return `${place}??=[${exports.map((name) => local.get(name)).join()}];`;
      };
      const taken = (list) =>
        `const{${pairsOf(list).map(([outside, inside = outside]) => `${exports.indexOf(outside)}:${inside}`)}}=${place};`;
      return isEntry
        ? reworded(code, /export\s*\{([^}]*)\};?\s*$/, (_, list) => shared(list))
        : reworded(code, /import\s*\{([^}]*)\}\s*from\s*"\.\/cap-widgets\.js";/, (_, list) => taken(list));
    },
  };
};

const pageChunks = chunkTable(chunks, 'cap-widgets');

/** Packages that whoever installs ours gets along with it. */
const isInstalled = (id) =>
  id.startsWith('node:') || Object.keys(dependencies).some((name) => `${id}/`.startsWith(`${name}/`));

const elements = readdirSync(local('src/elements'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'base')
  .map(({ name }) => name);

export default [
  {
    input: { 'cap-widgets': 'src/cap-widgets.ts' },
    onwarn,
    plugins: [...plugins, pageChunks.plugin, manifest('manifest.json'), thirdParty('dist/cdn')],
    output: {
      dir: 'dist/cdn',
      banner,
      format: 'es',
      sourcemap: 'hidden',
      entryFileNames: '[name].js',
      chunkFileNames: `[name]-${build}.js`,
      hoistTransitiveImports: false,
      manualChunks: pageChunks.manualChunks,
      freeze: false,
      plugins: [minify, shortProperties(), onlyOneEntry()],
    },
  },
  {
    // A page of its own: what it needs at once is one file.
    input: { handoff: 'src/handoff.ts' },
    onwarn,
    plugins: [...plugins, handoffPage(), manifest('manifest.handoff.json'), thirdParty('dist/cdn')],
    output: {
      dir: 'dist/cdn',
      banner,
      format: 'es',
      sourcemap: 'hidden',
      entryFileNames: '[name].js',
      chunkFileNames: `handoff-[name]-${build}.js`,
      hoistTransitiveImports: false,
      manualChunks: (id) => (/\/i18n\/locales\/en\//.test(id) ? 'en' : undefined),
      freeze: false,
      plugins: [minify, shortProperties()],
    },
  },
  {
    input: 'src/all.ts',
    onwarn,
    plugins: [...plugins, manifest('manifest.all.json'), thirdParty('dist/cdn')],
    output: {
      file: 'dist/cdn/cap-widgets.all.js',
      banner,
      format: 'es',
      sourcemap: 'hidden',
      inlineDynamicImports: true,
      plugins: [minify, shortProperties()],
    },
  },
  {
    input: 'src/classic.ts',
    onwarn,
    plugins: [typescript(), manifest('manifest.classic.json')],
    output: { file: 'dist/cdn/cap-widgets.classic.js', banner, format: 'iife', sourcemap: 'hidden', plugins: [minify] },
  },
  {
    // For bundlers: readable, one module a file, with Lit left to the host's own copy. And for Node.
    input: [
      'src/index.ts',
      'src/client.ts',
      'src/sync/api.ts',
      'src/sync/bin.ts',
      // A thread begins with a file of its own.
      'src/sync/events-push-worker.ts',
      ...elements.map((name) => `src/elements/${name}/define.ts`),
    ],
    onwarn,
    external: isInstalled,
    plugins: [...plugins, thirdParty('dist/npm')],
    output: {
      dir: 'dist/npm',
      format: 'es',
      preserveModules: true,
      preserveModulesRoot: 'src',
      // npm leaves out of a package whatever lies in a folder named node_modules.
      entryFileNames: ({ name }) => `${name.replace('node_modules', 'vendor')}.js`,
    },
  },
];
