/**
 * What a list of five hundred proposals with their vote buttons costs: requests for the first ones, the longest task while
 * all are loaded and scrolled through, and what is left in memory once the list is gone.
 *
 *   npm run build && npm run bench:proposals [rounds]
 */
import { createServer } from 'node:http';

import puppeteer from 'puppeteer-core';

import { startSandbox } from '../sandbox/index.js';
import { chromiumArgs, findChromium } from '../test/support/browsers/find-browser.mjs';

const rounds = Number(process.argv[2] ?? 5);
const sandbox = await startSandbox({ port: 0 });
const step = sandbox.store.state().steps.many;
const widget = `<cap-proposal-list step-id="${step}"></cap-proposal-list>`;
const site = createServer((_, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html lang="fr"><meta charset="utf-8"><title>Propositions</title>
    <link rel="icon" href="data:,"><script type="module" src="${sandbox.platform}/widgets/v1/cap-widgets.js"
    data-platform="${sandbox.platform}"></script><main>${widget}</main>`);
}).listen(0);
await new Promise((resolve) => site.once('listening', resolve));
const browser = await puppeteer.launch({ executablePath: await findChromium(), args: chromiumArgs });
const page = await browser.newPage();
await page.setViewport({ width: 1280, height: 900 });
const devtools = await page.createCDPSession();
await devtools.send('Performance.enable');
let requests = 0;
page.on('request', (request) => (requests += Number(new URL(request.url()).pathname.startsWith('/graphql'))));
/** What is in memory once all garbage is collected. */
async function memory() {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  for (let i = 0; i < 3; i++) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

/**
 * The longest task of the page meanwhile, in milliseconds: on the clock, and of the processor alone. The former is what a
 * visitor feels, the latter what remains of it where other programs do not get in between.
 */
async function longest(happening) {
  await page.tracing.start({ categories: ['toplevel', 'devtools.timeline'] });
  await happening();
  const { traceEvents } = JSON.parse(Buffer.from(await page.tracing.stop()).toString());
  // The main thread of our page is the one that runs scripts.
  const { pid, tid } = traceEvents.find(({ name }) => name === 'FunctionCall');
  const tasks = traceEvents.filter((event) => event.pid === pid && event.tid === tid && event.name.endsWith('RunTask'));
  const most = (key) => Math.max(0, ...tasks.map((task) => task[key] ?? 0)) / 1000;
  return `longest task ${most('dur').toFixed(0)} ms, ${most('tdur').toFixed(0)} ms of them the processor's`;
}

const drawn = (count) =>
  page.waitForFunction(
    (wanted) => {
      const root = document.querySelector('cap-proposal-list')?.shadowRoot;
      return (
        root?.querySelectorAll('cap-vote-button').length === wanted && !root.querySelector('.more [aria-disabled]')
      );
    },
    { timeout: 30_000, polling: 20 },
    count,
  );

/** Loads all there is by the button. */
async function loadAll() {
  const total = sandbox.store.state().proposals.many.length;
  for (let shown = 24; shown < total; shown = Math.min(total, shown + 24)) {
    await drawn(shown);
    await page.evaluate(() =>
      document.querySelector('cap-proposal-list').shadowRoot.querySelector('.more button').click(),
    );
  }
  await drawn(total);
}

/** Scrolls from the top to the bottom, a good part of the window with each frame. */
const scroll = () =>
  page.evaluate(async () => {
    scrollTo(0, 0);
    const frame = () => new Promise(requestAnimationFrame);
    for (; scrollY + innerHeight < document.documentElement.scrollHeight - 1;) {
      scrollBy(0, 300);
      await frame();
    }
  });

const figures = ({ heap, nodes, listeners }) =>
  `${(heap / 1e6).toFixed(2)} MB of heap, ${nodes} nodes, ${listeners} listeners`;

const first = await longest(async () => {
  await page.goto(`http://127.0.0.1:${site.address().port}/`);
  await drawn(24);
});
console.log(`first 24 with their vote buttons: ${requests} API request(s), ${first}`);
await page.evaluate(() => document.querySelector('cap-proposal-list').remove());
console.log(`gone after the first 24:          ${figures(await memory())}`);
for (let round = 1; round <= rounds; round++) {
  await page.evaluate((html) => (document.querySelector('main').innerHTML = html), widget);
  console.log(`round ${round}: all loaded,       ${await longest(loadAll)}`);
  console.log(`         scrolled through, ${await longest(scroll)}`);
  if (round === 1) console.log(`         there: ${figures(await memory())}`);
  await page.evaluate(() => document.querySelector('cap-proposal-list').remove());
  console.log(`         gone:  ${figures(await memory())}`);
}
await browser.close();
site.close();
await sandbox.stop();
