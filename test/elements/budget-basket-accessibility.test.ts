import { expect } from '@open-wc/testing';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';

import { ballotPage, basketHtml, choose, fill, pressIn, said, use } from '../support/basket.js';
import { inState, mount, place, testPage, until, type TestPage, type Widget } from '../support/page.js';
import { allByRole, byRole, focused, nameOf, part, textOf } from '../support/perceive.js';
import { voteChanges } from '../support/voting.js';

const chromium = navigator.userAgent.includes('Chrome');

const states: readonly [name: string, show: (page: TestPage) => Promise<Widget>][] = [
  [
    'loading',
    async (page) => {
      page.platform.hold();
      use(page, 'session');
      const basket = mount(basketHtml(), 'cap-budget-basket');
      await inState(basket, 'loading');
      return basket;
    },
  ],
  [
    'empty',
    (page) => {
      fill(page.platform, { votesLimit: 3, budget: 50_000, votesMin: 2 });
      return ballotPage(page);
    },
  ],
  [
    'ranked',
    async (page) => {
      fill(page.platform, { votesRanking: true, votesLimit: 3, budget: 100_000 });
      const basket = await ballotPage(page);
      await choose(basket, 'frigos', 'verger', 'kiosque');
      return basket;
    },
  ],
  [
    'too dear',
    async (page) => {
      fill(page.platform, { budget: 90_000 });
      const basket = await ballotPage(page);
      await choose(basket, 'guinguette', 'verger');
      page.platform.change('vote', { budget: 60_000 });
      await basket.reload();
      await inState(basket, 'over');
      return basket;
    },
  ],
  [
    'reviewed',
    async (page) => {
      fill(page.platform, { votesLimit: 3, budget: 100_000 });
      const basket = await ballotPage(page);
      await choose(basket, 'frigos', 'verger');
      pressIn(basket, 'Relire et envoyer');
      await inState(basket, 'review');
      return basket;
    },
  ],
  [
    'recorded',
    async (page) => {
      fill(page.platform, { votesLimit: 3 });
      page.platform.signIn();
      page.platform.votes.put('verger', 'vote');
      return ballotPage(page, 'session');
    },
  ],
  [
    'bar',
    async (page) => {
      fill(page.platform, { votesLimit: 3, budget: 100_000 });
      const basket = await ballotPage(page, 'hand-over', 'display="bar"');
      pressIn(basket, 'Voir mes choix');
      return basket;
    },
  ],
];

describe('accessibility of a basket', () => {
  const page = testPage();
  voteChanges();
  afterEach(() => {
    document.documentElement.style.cssText = '';
  });

  for (const scheme of ['light', 'dark'])
    for (const [name, show] of states)
      it(`that is ${name}, in ${scheme} colours`, async () => {
        document.documentElement.style.cssText = `color-scheme: ${scheme}; background: Canvas; color: CanvasText`;
        const basket = await show(page);
        await expect(basket).to.be.accessible();
      });

  for (const [what, size] of [
    ['at 320 pixels', '100%'],
    ['with text of twice the size', '200%'],
  ] as const)
    for (const [name, show] of states.slice(1))
      it(`needs no scrolling sideways ${what}, ${name}`, async () => {
        const basket = await show(page);
        const main = basket.parentElement as HTMLElement;
        main.style.cssText = `inline-size: 320px; font-size: ${size}`;
        const box = part(basket, 'basket');
        expect(box.scrollWidth).to.be.at.most(box.clientWidth + 1);
        // Some browsers have no window as narrow as that.
        const fits = (): boolean => basket.getBoundingClientRect().width <= document.documentElement.clientWidth;
        await until(fits, 'it is wider than the window');
      });

  it('has no button smaller than a finger needs, and names each with what is written on it', async () => {
    fill(page.platform, { votesRanking: true, votesLimit: 3 });
    const basket = await ballotPage(page);
    await choose(basket, 'frigos', 'verger');
    for (const button of allByRole(basket, 'button')) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height), nameOf(button)).to.be.at.least(24);
      expect(nameOf(button)).to.contain(button.textContent?.trim());
    }
  });

  it('is filled in and sent by keyboard alone, in the order of what is seen', async () => {
    fill(page.platform, { votesRanking: true, votesLimit: 3 });
    const basket = await ballotPage(page);
    await choose(basket, 'frigos', 'verger');
    byRole(basket, 'link', 'Projet frigos').focus();
    const stops: string[] = [];
    for (let stop = 0; stop < 8; stop++) {
      await sendKeys({ press: 'Tab' });
      stops.push(nameOf(focused() as Element));
    }
    expect(stops).to.deep.equal([
      'Monter Projet frigos',
      'Descendre Projet frigos',
      'Retirer Projet frigos',
      'Projet verger',
      'Monter Projet verger',
      'Descendre Projet verger',
      'Retirer Projet verger',
      'Relire et envoyer',
    ]);
    await sendKeys({ press: 'Enter' });
    await inState(basket, 'review');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    expect(nameOf(focused() as Element)).to.equal('Modifier mes choix');
    await sendKeys({ press: 'Enter' });
    await until(() => nameOf(focused() as Element) === 'Relire et envoyer', 'the focus does not come back');
  });

  it('opens as a bar, and closes with Escape where it was opened', async () => {
    fill(page.platform, { votesLimit: 3, budget: 100_000 });
    const basket = await ballotPage(page, 'hand-over', 'display="bar"');
    const toggle = byRole(basket, 'button', 'Voir mes choix');
    expect(textOf(part(basket, 'bar'))).to.contain('0 projet sur 3 · Il vous reste 100 000 €.');
    expect(toggle.getAttribute('aria-expanded')).to.equal('false');
    toggle.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => toggle.getAttribute('aria-expanded') === 'true', 'it does not open');
    expect(said(basket)).to.contain('Mes choix');
    await sendKeys({ press: 'Escape' });
    await until(() => toggle.getAttribute('aria-expanded') === 'false', 'it does not close');
    expect(focused() === toggle).to.be.true;
  });

  it('never lies as a bar over what has the focus', async () => {
    fill(page.platform, { votesLimit: 3, budget: 100_000 });
    const basket = await ballotPage(page, 'hand-over', 'display="bar"');
    const main = basket.parentElement as HTMLElement;
    const links = Array.from({ length: 60 }, (_, index) => {
      const paragraph = document.createElement('p');
      paragraph.innerHTML = `<a href="#${index}">Lien ${index}</a>`;
      return paragraph;
    });
    main.prepend(...links);
    scrollTo(0, 0);
    for (const paragraph of links) {
      const link = paragraph.firstElementChild as HTMLElement;
      link.focus();
      await until(() => link.getBoundingClientRect().bottom <= basket.getBoundingClientRect().top, 'it is covered');
    }
  });

  it('folds away as a bar on a low window, as under great zoom', async () => {
    fill(page.platform, { votesLimit: 3 });
    const basket = await ballotPage(page, 'hand-over', 'display="bar"');
    expect(getComputedStyle(basket).position).to.equal('sticky');
    await executeServerCommand('viewport', { width: 320, height: 256 });
    try {
      await until(() => getComputedStyle(basket).position === 'static', 'it stays');
      // Some browsers have no window as narrow as that.
      const fits = (): boolean => basket.getBoundingClientRect().width <= document.documentElement.clientWidth;
      await until(fits, 'it is wider than the window');
    } finally {
      await executeServerCommand('viewport', { width: 800, height: 600 });
    }
  });

  it('keeps its place while it is being loaded', async () => {
    fill(page.platform, { votesLimit: 3 });
    page.platform.signIn();
    use(page, 'session');
    const answer = page.platform.hold();
    const main = place(`${basketHtml()}<p>Après</p>`);
    const basket = main.firstElementChild as HTMLElement;
    await inState(basket, 'loading');
    const before = basket.getBoundingClientRect().height;
    answer();
    await inState(basket, 'ready');
    expect(Math.abs(basket.getBoundingClientRect().height - before)).to.be.at.most(40);
  });

  // The other engines take this wish only when they start.
  if (chromium)
    it('keeps its edges and its words in forced colours', async () => {
      await executeServerCommand('forced-colors', 'active');
      try {
        fill(page.platform, { votesLimit: 3, budget: 100_000 });
        const basket = await ballotPage(page);
        await choose(basket, 'frigos');
        expect(getComputedStyle(part(basket, 'basket')).borderTopStyle).to.equal('solid');
        await expect(basket).to.be.accessible();
      } finally {
        await executeServerCommand('forced-colors', 'none');
      }
    });
});
