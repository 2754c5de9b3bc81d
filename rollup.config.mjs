import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { literalsHtmlCssMinifier } from '@literals/rollup-plugin-html-css-minifier';
import alias from '@rollup/plugin-alias';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';

import { slimGraphqlRequest } from './tools/slim-graphql-request.mjs';

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
];

const minify = terser({
  module: true,
  ecma: 2022,
  compress: { passes: 5, unsafe_arrows: true, unsafe_methods: true, pure_getters: true, hoist_props: true },
  mangle: { properties: { regex: /^_\$/ } },
  format: { comments: false },
});

const onwarn = (warning) => {
  // graphql-request is circular in itself.
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return;
  throw new Error(warning.message);
};

/**
 * Few files, so that a page makes few requests: what all elements share, what a session adds to that, and one file an
 * element. Whatever is seldom needed (words for developers, links that become elements) is left to be loaded alone.
 */
function chunkOf(id) {
  if (
    /\/src\/(cap-widgets|script-tag|links|core\/doctor|platform\/(entities|recovery)|ui\/announcer|elements\/participation-counter\/board|state\/wake-lock-controller|elements\/(registry|base\/define))\.ts$/.test(
      id,
    )
  )
    return undefined;
  const [, language] = /\/i18n\/locales\/(\w+)\//.exec(id) ?? [];
  if (language && language !== 'fr') return language;
  const [, session] = /\/platform\/(?:documents\/)?(session(?:-count)?)/.exec(id) ?? [];
  if (session) return session;
  const [, element] = /\/src\/elements\/(?!base\/)([\w-]+)\//.exec(id) ?? [];
  if (element) return element;
  if (/context-provider|value-notifier|context-root/.test(id)) return 'platform';
  if (
    /\/(i18n\/locales\/fr|state)\/project(-card)?\.ts$|\/(platform|domain)\/project\.ts|\/documents\/public\.ts/.test(
      id,
    )
  )
    return 'project-card';
  if (/count(s|er)?\.ts$|poll|duration/.test(id)) return 'participation-counter';
  if (/voting|\/(domain\/vote|core\/action|state\/(action-controller|intent)|i18n\/money)\.ts$/.test(id)) return 'voting';
  return 'core';
}

const elements = readdirSync(local('src/elements'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'base')
  .map(({ name }) => name);

export default [
  {
    input: { 'cap-widgets': 'src/cap-widgets.ts' },
    onwarn,
    plugins: [...plugins, manifest('manifest.json')],
    output: {
      dir: 'dist/cdn',
      format: 'es',
      sourcemap: 'hidden',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      hoistTransitiveImports: false,
      manualChunks: chunkOf,
      plugins: [minify],
    },
  },
  {
    input: 'src/all.ts',
    onwarn,
    plugins: [...plugins, manifest('manifest.all.json')],
    output: {
      file: 'dist/cdn/cap-widgets.all.js',
      format: 'es',
      sourcemap: 'hidden',
      inlineDynamicImports: true,
      plugins: [minify],
    },
  },
  {
    // For bundlers: readable, one module a file, with Lit left to the host's own copy.
    input: ['src/index.ts', ...elements.map((name) => `src/elements/${name}/define.ts`)],
    onwarn,
    external: [/^lit($|\/)/, /^@lit\//],
    plugins,
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
