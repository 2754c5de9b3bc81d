import { expect } from '@open-wc/testing';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';

import '../../src/elements/proposal-list/define.js';
import { focused, nameOf, part } from '../support/perceive.js';
import { inState, place, testPage, until, within, type Widget } from '../support/page.js';
import { listed, putProposals } from '../support/proposal-fixtures.js';

const TAG = 'cap-proposal-list';
const LONG = 'Réinventons la place du Marché-aux-Herbes, anticonstitutionnellementindésirable';
const chromium = navigator.userAgent.includes('Chrome');

async function shown(attributes = '', style = '', around = ''): Promise<Widget> {
  const main = place(`${around}<${TAG} step-id="vote" first="2" ${attributes}></${TAG}>`);
  main.style.cssText = style;
  const element = within(main, TAG);
  await inState(element, 'ready');
  const buttons = (): Element[] => [...(element.shadowRoot?.querySelectorAll('cap-vote-button') ?? [])];
  await until(() => buttons().length === 2, 'the cards are not drawn');
  for (const button of buttons()) await inState(button, 'ready');
  return element;
}

describe('the accessibility of a list of proposals', () => {
  const page = testPage();

  it('lets the keyboard pass through the filters, the cards and what comes next, in the order in which one reads', async () => {
    putProposals(page.platform, 3);
    const element = await shown('order="oldest"', '', '<button>Avant</button>');
    within(element.parentElement as HTMLElement, 'button').focus();
    const order: string[] = [];
    for (let stop = 0; stop < 11; stop++) {
      const before = focused();
      await sendKeys({ press: 'Tab' });
      await until(() => focused() !== before, 'the focus stays');
      const element = focused();
      order.push(element ? (element.getAttribute('name') ?? nameOf(element)) : '');
    }
    expect(order.map((name) => name.replace(/Voter sur \S+/, 'Voter'))).to.deep.equal([
      'order',
      'term',
      'category',
      'theme',
      'district',
      'Appliquer',
      'Proposition 1',
      'Voter pour Proposition 1',
      'Proposition 2',
      'Voter pour Proposition 2',
      'Afficher plus de propositions',
    ]);
  });

  it('applies filters by the Enter key in the search', async () => {
    putProposals(page.platform, 3);
    const element = await shown();
    element.shadowRoot?.querySelector<HTMLElement>('[name=term]')?.focus();
    await sendKeys({ type: 'proposition 3' });
    await sendKeys({ press: 'Enter' });
    await until(() => part(element, 'count').textContent.trim() === '1 proposition', 'it is not applied');
    expect(focused()?.getAttribute('name')).to.equal('term');
  });

  for (const [what, size] of [
    ['at 320 pixels', '100%'],
    ['with text of twice the size', '200%'],
  ] as const)
    for (const layout of ['grid', 'list'])
      it(`needs no scrolling sideways ${what} as a ${layout}`, async () => {
        putProposals(page.platform, [listed(1, { title: LONG, media: { url: '/a.png' } }), listed(2)]);
        const element = await shown(`layout="${layout}"`, `inline-size: 320px; font-size: ${size}`);
        expect(element.parentElement?.scrollWidth).to.be.at.most(320);
        for (const name of ['title', 'filters', 'details', 'count']) {
          const box = part(element, name);
          expect(box.scrollWidth, name).to.be.at.most(box.clientWidth + 1);
        }
      });

  it('gives every control a size that fingers hit', async () => {
    putProposals(page.platform, 3);
    const element = await shown();
    for (const control of element.shadowRoot?.querySelectorAll('button,select,input,a') ?? []) {
      const { width, height } = control.getBoundingClientRect();
      expect(Math.min(width, height), control.outerHTML).to.be.at.least(24);
    }
  });

  it('puts the titles on the level that the page around them calls for, in one list', async () => {
    putProposals(page.platform, 2);
    const element = await shown('heading-level="4"', '', '<h1>Voter</h1><h2>Étape</h2><h3>Propositions</h3>');
    expect(element.shadowRoot?.querySelectorAll('ul[part=list] > li h4')).to.have.length(2);
    await expect(element.closest('main')).to.be.accessible();
  });

  // The other engines take this wish only when they start.
  if (chromium)
    it('keeps its edges in forced colours', async () => {
      await executeServerCommand('forced-colors', 'active');
      try {
        putProposals(page.platform, 3);
        const element = await shown();
        for (const name of ['card', 'input', 'button'])
          expect(getComputedStyle(part(element, name)).borderTopStyle, name).to.equal('solid');
        await expect(element.closest('main')).to.be.accessible();
      } finally {
        await executeServerCommand('forced-colors', 'none');
      }
    });
});
