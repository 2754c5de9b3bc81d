import { expect } from '@open-wc/testing';
import { emulateMedia, executeServerCommand, sendKeys } from '@web/test-runner-commands';

import { configure } from '../../src/state/page-settings.js';
import type { FakePlatform } from '../support/fake-platform.js';
import { project, projectBetween, proposal } from '../support/fixtures.js';
import {
  inState,
  mount,
  patiently,
  place,
  ready,
  testPage,
  until,
  within,
  type TestPage,
  type Widget,
} from '../support/page.js';
import { allByRole, byRole, focused, nameOf, part, textOf } from '../support/perceive.js';

const LINK = '<a href="https://ville.example/">Le projet sur la plateforme</a>';
const card = (attributes = ''): string => `<cap-project-card project-id="x" ${attributes}>${LINK}</cap-project-card>`;
const counter = (attributes = 'project-id="x"'): string =>
  `<cap-participation-counter refresh="30" ${attributes}>${LINK}</cap-participation-counter>`;
const chromium = navigator.userAgent.includes('Chrome');

/** How each state comes about. */
const states: readonly [name: string, html: string, state: string, set: (platform: FakePlatform) => void][] = (
  [
    ['card', card()],
    ['horizontal card', card('layout="horizontal"')],
    ['counter', counter()],
    ['tile', counter('project-id="x" display="tile"')],
    ['board', counter('project-id="x" display="board"')],
  ] as const
).flatMap(([name, html]) => [
  [`loading ${name}`, html, 'loading', (platform) => void platform.hold()],
  [`ready ${name}`, html, 'ready', (platform) => platform.put(project('x'))],
  [`missing ${name}`, html, 'empty', () => undefined],
  [`failed ${name}`, html, 'error', (platform) => platform.fail({ status: 503, headers: { 'Retry-After': '600' } })],
]);

async function stale(page: TestPage, html: string): Promise<Widget> {
  page.platform.put(project('x'));
  const element = await ready(html);
  page.platform.fail({ status: 403 });
  await element.reload();
  await inState(element, 'stale');
  return element;
}

describe('accessibility', () => {
  const page = testPage();
  afterEach(() => {
    document.documentElement.style.cssText = '';
  });

  for (const scheme of ['light', 'dark'])
    describe(`in ${scheme} colours`, () => {
      beforeEach(() => {
        document.documentElement.style.cssText = `color-scheme: ${scheme}; background: Canvas; color: CanvasText`;
      });

      for (const [name, html, state, set] of states)
        it(`of a ${name}`, async () => {
          set(page.platform);
          const element = mount(html);
          await inState(element, state);
          await expect(element.closest('main')).to.be.accessible();
        });

      for (const html of [card(), counter(), counter('project-id="x" display="board"')])
        it(`of old data in ${html.slice(0, 26)}`, async () => {
          await expect((await stale(page, html)).closest('main')).to.be.accessible();
        });

      it('of a secret ballot, an archived project, and each colour of a status', async () => {
        page.platform.put(
          proposal('p', 3, 0, { canDisplayBallot: false, publishedVoteDate: '2026-07-01 18:00:00' }),
          project('x', { archived: true }),
          projectBetween('upcoming', '2026-07-01 00:00:00', '2026-08-01 00:00:00'),
          projectBetween('days', '2026-05-01 00:00:00', '2026-05-16 00:00:00'),
          projectBetween('hours', '2026-05-01 00:00:00', '2026-05-13 00:00:00'),
        );
        configure({ platform: page.platform.url, access: 'session' });
        const ids = ['x', 'upcoming', 'days', 'hours'];
        const main = place(
          counter('proposal-id="p"') +
            ids.map((id) => `<cap-project-card project-id="${id}"></cap-project-card>`).join(''),
        );
        for (const element of main.children) await inState(element, 'ready');
        await expect(main).to.be.accessible();
      });
    });

  it('of a page with a heading before the card: the title takes the level that the page gives it', async () => {
    page.platform.put(project('x'));
    const main = place(`<h1>Participer</h1><section><h2>Projets</h2>${card('heading-level="3"')}</section>`);
    await inState(within(main, 'cap-project-card'), 'ready');
    expect(allByRole(main, 'heading').map(({ localName }) => localName)).to.deep.equal(['h1', 'h2', 'h3']);
    await expect(main).to.be.accessible();
  });

  it('lets the keyboard pass through all there is, in the order in which one reads', async () => {
    page.platform.put(project('x'));
    const main = place(
      `<button>Avant</button>${card()}${counter('project-id="x" display="tile"')}<button>Après</button>`,
    );
    for (const selector of ['cap-project-card', 'cap-participation-counter'])
      await inState(within(main, selector), 'ready');
    within(main, 'button').focus();
    const order: string[] = [];
    for (let stop = 0; stop < 3; stop++) {
      const before = focused();
      await sendKeys({ press: 'Tab' });
      await until(() => focused() !== before, 'the focus stays');
      const element = focused();
      order.push(element ? nameOf(element) : '');
      expect(element?.matches(':focus-visible')).to.be.true;
    }
    expect(order).to.deep.equal(['Budget participatif 2026', 'Arrêter l’actualisation des compteurs', 'Après']);
  });

  it('lets the keyboard stop the updates, and try again', async () => {
    page.platform.put(project('x'));
    const live = await ready(counter());
    byRole(live, 'button', 'Arrêter l’actualisation des compteurs').focus();
    await sendKeys({ press: 'Enter' });
    await inState(live, 'paused');
    expect(focused() === byRole(live, 'button', 'Reprendre l’actualisation des compteurs')).to.be.true;
    live.remove();
    page.platform.fail({ status: 500 });
    const failed = mount(card());
    await patiently(page.clock, failed, 'error');
    page.platform.heal();
    byRole(failed, 'button', 'Réessayer').focus();
    await sendKeys({ press: 'Enter' });
    await inState(failed, 'ready');
  });

  it('shows where the focus is, around the whole card', async () => {
    page.platform.put(project('x'));
    const element = await ready(`<button>Avant</button>${card()}`);
    element.parentElement?.querySelector('button')?.focus();
    await sendKeys({ press: 'Tab' });
    const link = byRole(element, 'link', 'Budget participatif 2026');
    await until(() => focused() === link, 'the focus does not come');
    const ring = getComputedStyle(link, '::before');
    expect([ring.outlineStyle, parseFloat(ring.outlineWidth) >= 2]).to.deep.equal(['solid', true]);
  });

  for (const [what, size] of [
    ['at 320 pixels', '100%'],
    ['with text of twice the size', '200%'],
  ] as const)
    it(`needs no scrolling sideways ${what}`, async () => {
      page.platform.put(
        project('x', { title: 'Réinventons la place du Marché-aux-Herbes, anticonstitutionnellementindésirable' }),
      );
      const main = place(card() + card('layout="horizontal"') + counter('project-id="x" display="tile"') + counter());
      main.style.cssText = `inline-size: 320px; font-size: ${size}`;
      for (const element of main.children) await inState(element, 'ready');
      expect(main.scrollWidth).to.be.at.most(320);
      for (const element of main.querySelectorAll<HTMLElement>('cap-project-card'))
        for (const name of ['title', 'step', 'themes', 'counters']) {
          const box = part(element, name);
          expect(box.scrollWidth, name).to.be.at.most(box.clientWidth + 1);
        }
    });

  it('keeps a board on a small screen, and readable', async () => {
    page.platform.put(project('x', { votes: { totalCount: 1_234_567 } }));
    await executeServerCommand('viewport', { width: 480, height: 320 });
    try {
      const element = await ready(counter('project-id="x" display="board"'));
      await until(() => part(element, 'count').getBoundingClientRect().width <= innerWidth, 'the number is cut off');
      expect(part(element, 'updated').getBoundingClientRect().bottom).to.be.at.most(innerHeight);
    } finally {
      await executeServerCommand('viewport', { width: 800, height: 600 });
    }
  });

  it('names what it draws only once: drawings are hidden, words are there', async () => {
    page.platform.put(project('x'));
    const element = await ready(card());
    for (const svg of element.shadowRoot?.querySelectorAll('svg') ?? [])
      expect(svg.getAttribute('aria-hidden')).to.equal('true');
    expect(textOf(part(element, 'counters'))).to.match(/votes.*contributions.*participants/);
  });

  it('moves nothing by itself', async () => {
    page.platform.hold();
    const element = mount(card());
    await inState(element, 'loading');
    expect(element.shadowRoot?.getAnimations()).to.have.length(0);
  });

  // The other engines take these wishes only when they start.
  if (chromium) {
    it('keeps its edges and its focus in forced colours', async () => {
      await executeServerCommand('forced-colors', 'active');
      try {
        page.platform.put(project('x'));
        const element = await ready(card());
        expect(matchMedia('(forced-colors: active)').matches).to.be.true;
        expect(getComputedStyle(part(element, 'card')).borderTopStyle).to.equal('solid');
        await expect(element.closest('main')).to.be.accessible();
      } finally {
        await executeServerCommand('forced-colors', 'none');
      }
    });

    it('is whole for those who want less motion', async () => {
      await emulateMedia({ reducedMotion: 'reduce' });
      try {
        page.platform.put(project('x'));
        const element = await ready(card());
        expect(element.shadowRoot?.getAnimations()).to.have.length(0);
        expect(textOf(part(element, 'title'))).to.equal('Budget participatif 2026');
      } finally {
        await emulateMedia({ reducedMotion: 'no-preference' });
      }
    });
  }
});
