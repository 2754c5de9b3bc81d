/** What the browser test runner needs beside its own plugins: modules that only exist while testing, and commands. */
import { setTimeout as delay } from 'node:timers/promises';

import { build } from 'esbuild';

/** `import text from './schema.graphql?raw'` gives the file's text, as it does in Storybook's bundler. */
export const rawTextPlugin = () => ({
  name: 'raw-text',
  resolveMimeType: ({ path: url }) => (url.endsWith('.graphql') ? 'js' : undefined),
  transform: ({ path: url, body }) =>
    url.endsWith('.graphql') ? `export default ${JSON.stringify(String(body))};` : undefined,
});

/** A file of stories is a file of tests: where the runner asks for it as a test, it gets a module that plays the stories. */
export const storiesPlugin = ({ player }) => ({
  name: 'stories',
  serve: ({ path: file, query }) =>
    file.endsWith('.stories.ts') && 'wtr-session-id' in query
      ? { body: `import { play } from '${player}';\nimport * as stories from '${file}';\nplay(stories);\n`, type: 'js' }
      : undefined,
});

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
