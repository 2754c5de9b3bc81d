import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { literalsHtmlCssMinifier } from '@literals/rollup-plugin-html-css-minifier';
import alias from '@rollup/plugin-alias';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';

import { slimGraphqlRequest } from './tools/slim-graphql-request.mjs';
import { banner, thirdParty } from './tools/third-party.mjs';
import { unnamedLit } from './tools/unnamed-lit.mjs';

const local = (path) => new URL(path, import.meta.url).pathname;

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
  slimGraphqlRequest(),
  unnamedLit(),
];

const minify = terser({
  module: true,
  ecma: 2022,
  compress: { passes: 5, unsafe_arrows: true, unsafe_methods: true, pure_getters: true, hoist_props: true },
  mangle: { properties: { regex: /^_\$/ } },
  // Ours, and no others.
  format: { comments: /^! Cap Widgets/ },
});

const onwarn = (warning) => {
  // graphql-request is circular in itself.
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return;
  throw new Error(warning.message);
};

/**
 * Which file each module goes to; first match wins. Few files, so that a page makes few requests: what all elements share,
 * one for each element, and what is seldom needed by itself. Null: with the entry that imports it, or alone. What two
 * entries share must be named, or one of them would load the other.
 */
const CHUNKS = [
  [
    /\/src\/(cap-widgets|script-tag|links|link-stand|domain\/link|page\/hidden-element|core\/doctor|platform\/entities|ui\/announcer|elements\/registry)\.ts$/,
    null,
  ],
  // Whoever loads an element registers it when the page is ready for it; the hand-over page alone does so at once.
  [/\/elements\/\w[\w-]*\/define\.ts$/, null],
  [/\/platform\/recovery/, 'recovery'],
  [/lit-html\/directive/, 'directives'],
  [/\/participation-counter\/board|\/wake-lock/, 'board'],
  [/\/participation-counter\/refresh|\/state\/poll/, 'refresh'],
  [/\/i18n\/locales\/en\//, 'en'],
  [/\/session-(project|event)-list/, 'session-lists'],
  [/\/ui\/structured-data|-list\.data/, 'structured-data'],
  [/\/state\/pages\.ts$/, 'pages'],
  [/\/public-proposal-list/, 'public-proposal-list'],
  [/\/proposal-list|\/domain\/proposal\.ts/, 'proposal-list'],
  [/\/event-list\.calendar/, 'calendar'],
  [/\/event-list|\/(domain|platform)\/event\.ts/, 'event-list'],
  [/\/project-list|\/domain\/project-phase/, 'project-list'],
  [/\/(platform\/connection|base\/(cap-list|list\.\w+))\.ts$/, 'lists'],
  [/\/platform\/(documents\/)?session-count/, 'session-count'],
  [/\/platform\/(documents\/)?session/, 'session'],
  [/\/(farewell|idle)\.ts$/, 'farewell'],
  [/\/state\/(forget|wish|return-controller)\.ts$/, 'leave'],
  [/\/state\/act(-controller)?\.ts$|\/vote-button\.(press|talk)|\/vote-press/, 'press'],
  [/sign-in|\/(window|session)-controller|\/login-prompt/, 'login-prompt'],
  [/\/(state|domain)\/handoff\.ts$|\/state\/asked\.ts$/, 'hand-over'],
  [/\/results(\.styles)?\.ts$/, 'results'],
  [/\/arrang(e|ing)\.ts$/, 'arrange'],
  [/\/voting\/act\.ts$|documents\/votes\.ts$/, 'act'],
  [/\/resources-controller\.ts$/, 'resources'],
  [/basket\/(choices|review|drag|bar)\b|\/basket-choices/, 'basket-choices'],
  [/\/(budget-)?basket|\/(state\/(draft|device|tab|offline-controller)|domain\/ballot)\.ts$/, 'budget-basket'],
  [/\/src\/.*handoff|masked-email|\/state\/(errand|waiting|request-controller|sight-controller)\.ts$/, null],
  [/\/vote-button/, 'vote-button'],
  [
    /voting|\/(domain\/vote|core\/(action|made-by-link)|state\/(alone|viewer|(action|wiped)-controller)|base\/(writer|farewell-controller)|i18n\/money)\.ts$/,
    'voting',
  ],
  [/\/elements\/platform\/|context-provider|value-notifier|context-root/, 'platform'],
  [/\/project-card|\/(state|platform|domain)\/project\.ts|\/documents\/public\.ts/, 'project-card'],
  [/\/participation-counter|count(s|er)?\.ts$|duration/, 'participation-counter'],
  [/./, 'core'],
];

const chunkOf = (id) => CHUNKS.find(([pattern]) => pattern.test(id))[1] ?? undefined;

/** Packages that whoever installs ours gets along with it. */
const { dependencies } = JSON.parse(readFileSync(local('package.json'), 'utf8'));
const isInstalled = (id) =>
  id.startsWith('node:') || Object.keys(dependencies).some((name) => `${id}/`.startsWith(`${name}/`));

const elements = readdirSync(local('src/elements'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'base')
  .map(({ name }) => name);

export default [
  {
    input: { 'cap-widgets': 'src/cap-widgets.ts', handoff: 'src/handoff.ts' },
    onwarn,
    plugins: [...plugins, handoffPage(), manifest('manifest.json'), thirdParty('dist/cdn')],
    output: {
      dir: 'dist/cdn',
      banner,
      format: 'es',
      sourcemap: 'hidden',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      hoistTransitiveImports: false,
      manualChunks: chunkOf,
      freeze: false,
      plugins: [minify],
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
      plugins: [minify],
    },
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
