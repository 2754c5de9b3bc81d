/**
 * How long a visitor of the city page waits for the widgets, on an old phone: median of several loads in a real browser,
 * with a slow processor and a slow network, nothing cached.
 *
 *   npm run build && npm run bench [loads]
 */
import puppeteer from 'puppeteer-core';

import { startSandbox } from '../sandbox/index.js';
import { chromiumArgs, findChromium } from '../test/support/browsers/find-browser.mjs';

const loads = Number(process.argv[2] ?? 7);
/** An entry-level phone of some years ago on a weak 4G connection. */
const SLOWDOWN = 4;
const NETWORK = { latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };

const sandbox = await startSandbox({ port: 0 });
const browser = await puppeteer.launch({ executablePath: await findChromium(), args: chromiumArgs });

async function load(path) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 390, height: 844 });
  const devtools = await page.createCDPSession();
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, ...NETWORK });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  let requests = 0;
  let bytes = 0;
  page.on('request', (request) => (requests += Number(new URL(request.url()).pathname.startsWith('/graphql'))));
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.mimeType.includes('javascript') && response.url.startsWith(sandbox.platform))
      devtools.on(
        'Network.loadingFinished',
        (done) => (bytes += done.requestId === requestId ? done.encodedDataLength : 0),
      );
  });
  await page.evaluateOnNewDocument(() => {
    globalThis.seen = { load: 0, shift: 0, longest: 0 };
    addEventListener('cap-load', () => (seen.load = performance.now()), true);
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (seen.shift += value))).observe({
      type: 'layout-shift',
      buffered: true,
    });
    new PerformanceObserver((list) =>
      list.getEntries().forEach(({ duration }) => (seen.longest = Math.max(seen.longest, duration))),
    ).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(sandbox.city + path, { waitUntil: 'networkidle0' });
  const seen = await page.evaluate(() => globalThis.seen);
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  await context.close();
  return { ...seen, paint, requests, bytes };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

console.log(
  `Median of ${loads} loads; processor ${SLOWDOWN} times slower, ${NETWORK.latency} ms latency, 1.6 Mbit/s, no cache.\n`,
);
for (const path of ['/', '/nombreux?n=20', '/nombreux?n=120']) {
  const runs = [];
  for (let run = 0; run < loads; run++) runs.push(await load(path));
  const of = (key) => median(runs.map((run) => run[key]));
  console.log(
    `${path.padEnd(16)} first paint ${of('paint').toFixed(0)} ms, last widget ready ${of('load').toFixed(0)} ms, ` +
      `longest task ${of('longest').toFixed(0)} ms, layout shift ${of('shift').toFixed(3)}, ` +
      `${of('requests')} API request(s), ${(of('bytes') / 1000).toFixed(1)} kB of JavaScript on the wire`,
  );
}
await browser.close();
await sandbox.stop();
