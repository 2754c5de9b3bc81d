/** Tests in browsers: of the elements, or with STORIES=1 of the stories. BROWSERS names engines: chromium, firefox, webkit. */
import rollupAlias from '@rollup/plugin-alias';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { fromRollup } from '@web/dev-server-rollup';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { a11ySnapshotPlugin } from '@web/test-runner-commands/plugins';

import { chromiumArgs, findChromium, findFirefox } from './test/support/browsers/find-browser.mjs';
import { webkitLauncher } from './test/support/browsers/webkit-launcher.mjs';
import {
  forcedColorsPlugin,
  prebundlePlugin,
  rawTextPlugin,
  storiesPlugin,
  viewportPlugin,
} from './test/support/browsers/wtr-plugins.mjs';
import { browserCounts } from './test/support/counts.mjs';

const local = (path) => new URL(path, import.meta.url).pathname;
const alias = fromRollup(rollupAlias);

const puppeteer = (name, launchOptions, more) => Object.assign(chromeLauncher({ launchOptions, ...more }), { name });
const launchers = {
  // What nobody uses any more can be collected when a test wants to know.
  chromium: async () =>
    puppeteer(
      'Chromium',
      { executablePath: await findChromium(), args: [...chromiumArgs, '--js-flags=--expose-gc'] },
      // Files that run at once must not take each other's ballots for those of another tab of the same visitor.
      { createPage: async ({ context }) => (await context.browser().createBrowserContext()).newPage() },
    ),
  // The launcher made for Chrome drives a stock Firefox as well, through WebDriver BiDi. One file at a time: what is in a
  // tab behind another one hardly runs.
  firefox: () =>
    puppeteer('Firefox', { browser: 'firefox', executablePath: findFirefox(), headless: true }, { concurrency: 1 }),
  webkit: webkitLauncher,
};

const storyPlugins = [
  storiesPlugin({ player: '/test/support/play-stories.ts' }),
  prebundlePlugin({
    packages: ['@storybook/web-components-vite', 'storybook/test', 'storybook/preview-api'],
    external: ['lit', 'lit/*', '@lit/*', 'lit-html', 'lit-html/*'],
  }),
];

export default {
  files: process.env.STORIES
    ? 'stories/**/*.stories.ts'
    : ['test/elements/**/*.test.ts', '!test/elements/**/*.unit.test.ts'],
  nodeResolve: { exportConditions: ['default'] }, // Without it Lit's development build would be tested.
  plugins: [
    ...(process.env.STORIES ? storyPlugins : []),
    a11ySnapshotPlugin(),
    prebundlePlugin({ packages: ['graphql/index.mjs'] }),
    forcedColorsPlugin(),
    viewportPlugin(),
    rawTextPlugin(),
    alias({ entries: [{ find: /^graphql$/, replacement: local('./tools/graphql-stub.js') }] }),
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: local('./tsconfig.json') }),
  ],
  browsers: await Promise.all((process.env.BROWSERS ?? 'chromium').split(',').map((name) => launchers[name]())),
  reporters: [defaultReporter(), browserCounts()],
  concurrency: 2,
  // Longer than a slow and busy machine takes: what waits in the tests gives up before, and says what for.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 600_000,
  testFramework: { config: { timeout: 60_000 } },
};
