/** Browsers that do not know the newer functions of CSS: each is renamed in what is delivered, as if nobody had heard of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Page } from 'puppeteer-core';

import { inState, visitor } from './support/browser.js';
import { pageOf, town } from './support/town.js';

const browser = visitor();
const valmont = town();

/** Delivers the widgets with some of their words replaced. */
const without =
  (...functions: readonly string[]) =>
  async (page: Page): Promise<void> => {
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      if (!request.url().includes('/widgets/v1/')) void request.continue();
      else
        void fetch(request.url())
          .then((answer) => answer.text())
          .then((body) =>
            request.respond({
              status: 200,
              headers: { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' },
              body: functions.reduce((text, name) => text.replaceAll(name, `x-${name}`), body),
            }),
          );
    });
  };

/** What the words of a part look like, and what is behind them, as the browser has understood it. */
const lookOf = (page: Page, selector: string, part: string): Promise<{ ink: number[]; ground: number[] }> =>
  page.$eval(
    selector,
    (element, name) => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      const target = inPage.part(element, name);
      const { color, backgroundColor } = getComputedStyle(target);
      if (!canvas) throw new Error('There is no canvas.');
      const [ground = [], ink = []] = [
        [getComputedStyle(document.documentElement).backgroundColor, backgroundColor],
        [color],
      ].map((colours) => {
        for (const colour of colours) {
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
        }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
      });
      return { ink, ground };
    },
    part,
  );

const luminance = (channels: readonly number[]): number =>
  channels
    .map((channel) => channel / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
    .reduce((sum, channel, index) => sum + channel * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);

const gone: readonly (readonly string[])[] = [
  ['light-dark('],
  ['color-mix('],
  ['color(from'],
  ['light-dark(', 'color(from'],
  ['light-dark(', 'color-mix(', 'color(from', ':has(', 'content-visibility', 'contain-intrinsic', 'container-type'],
];
for (const functions of gone)
  for (const scheme of ['light', 'dark'] as const)
    for (const colour of ['', ':root { --cap-color-primary: #ffd500 }'])
      test(`a ${scheme} page ${colour && 'with yellow for its main colour '}can be read without ${functions.join(' ')}`, async (t) => {
        const { projects, steps, proposals } = valmont.now.state;
        const { platform } = valmont.now.sandbox;
        const page = await browser.visit(
          t,
          valmont.now.publish(
            pageOf(
              `<style>:root { color-scheme: ${scheme}; background: Canvas } ${colour}</style>${valmont.now.script}`,
              `<cap-vote-button proposal-id="${String(proposals.simple?.[0])}" step-id="${steps.simple}"><a href="/x">Voter</a></cap-vote-button>
              <cap-project-card project-id="${projects.budget}"><a href="/x">Le budget</a></cap-project-card>`,
            ),
            `default-src 'none'; script-src ${platform}; connect-src ${platform}; img-src ${platform}; style-src 'unsafe-inline'`,
          ),
          { prepare: without(...functions), scheme },
        );
        await inState(page, 'cap-vote-button', 'ready');
        await inState(page, 'cap-project-card', 'ready');
        for (const [selector, part] of [
          ['cap-vote-button', 'button'],
          ['cap-project-card', 'status'],
          ['cap-project-card', 'link'],
          ['cap-project-card', 'step'],
        ] as const) {
          const { ink, ground } = await lookOf(page, selector, part);
          const [low = 0, high = 0] = [luminance(ink), luminance(ground)].sort((a, b) => a - b);
          assert.ok((high + 0.05) / (low + 0.05) >= 4.5, `${selector} ${part}: ${String(ink)} on ${String(ground)}`);
        }
      });
