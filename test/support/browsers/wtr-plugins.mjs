/** What the browser test runner needs beside its own plugins: modules that only exist while testing, and commands. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { build } from 'esbuild';

/** `import text from './schema.graphql?raw'` gives the file's text, as it does in Storybook's bundler. */
export const rawTextPlugin = () => ({
  name: 'raw-text',
  resolveMimeType: ({ path: url }) => (url.endsWith('.graphql') ? 'js' : undefined),
  transform: ({ path: url, body }) =>
    url.endsWith('.graphql') ? `export default ${JSON.stringify(String(body))};` : undefined,
});

/** `import stories from 'virtual:stories'` gives the modules of all story files, by their path in the project. */
export const storiesPlugin = ({ folder = 'stories' } = {}) => {
  const url = '/virtual-stories.js';
  let root;
  return {
    name: 'stories',
    serverStart({ config }) {
      root = config.rootDir;
    },
    resolveImport: ({ source }) => (source === 'virtual:stories' ? url : undefined),
    serve(context) {
      if (context.path !== url) return undefined;
      const files = readdirSync(path.join(root, folder), { recursive: true })
        .filter((file) => file.endsWith('.stories.ts'))
        .sort()
        .map((file) => path.posix.join('/', folder, ...file.split(path.sep)));
      const imports = files.map((file, index) => `import * as s${index} from ${JSON.stringify(file)};`);
      const entries = files.map((file, index) => `${JSON.stringify(file.slice(1))}: s${index}`);
      return { body: `${imports.join('\n')}\nexport default { ${entries.join(', ')} };`, type: 'js' };
    },
  };
};

/** Serves heavy or CommonJS packages as one bundle for each; what is `external` stays outside, so that it runs only once. */
export const prebundlePlugin = ({ packages, external = [] }) => {
  const folder = 'node_modules/.cache/test-prebundle';
  const fileOf = (name) => name.replace(/[^\w-]/g, '_');
  return {
    name: 'prebundle',
    async serverStart({ config }) {
      await build({
        absWorkingDir: config.rootDir,
        entryPoints: Object.fromEntries(packages.map((name) => [fileOf(name), name])),
        outdir: folder,
        external,
        bundle: true,
        splitting: true,
        format: 'esm',
        target: 'es2022',
        platform: 'browser',
        logLevel: 'error',
        mainFields: ['browser', 'module', 'main'],
        conditions: ['browser', 'import'],
        define: { 'process.env.NODE_ENV': '"development"', global: 'globalThis' },
      });
    },
    resolveImport: ({ source }) => (packages.includes(source) ? `/${folder}/${fileOf(source)}.js` : undefined),
  };
};

/** `executeServerCommand('viewport', { width, height })`: like setViewport, but also where only the window can be resized. */
export const viewportPlugin = () => ({
  name: 'viewport',
  async executeCommand({ command, payload, session: { browser, id } }) {
    if (command !== 'viewport') return undefined;
    const { width, height } = payload;
    if (browser.type === 'puppeteer') {
      await browser.getPage(id).setViewport({ width, height });
      return true;
    }
    const { driver } = browser;
    // The frame around the page is known only after a first try, and may change with the size; a window takes its time.
    for (let attempt = 0; attempt < 12; attempt++) {
      const inner = await driver.execute(() => ({ width: globalThis.innerWidth, height: globalThis.innerHeight }));
      if (inner.width === width && inner.height === height) break;
      const outer = await driver.getWindowSize();
      await driver.setWindowSize(outer.width + width - inner.width, outer.height + height - inner.height);
      await delay(50 * attempt);
    }
    return true;
  },
});

/** `executeServerCommand('forced-colors', 'active' | 'none')`, in Chromium: the runner's own emulateMedia ignores it silently. */
export const forcedColorsPlugin = () => ({
  name: 'forced-colors',
  async executeCommand({ command, payload, session: { browser, id } }) {
    if (command !== 'forced-colors') return undefined;
    if (browser.name !== 'Chromium') throw new Error(`No forced colours in ${browser.name}.`);
    const devtools = await browser.getPage(id).createCDPSession();
    await devtools.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: payload }] });
    return true;
  },
});
