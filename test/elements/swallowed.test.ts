import { expect } from '@open-wc/testing';

import { project } from '../support/fixtures.js';
import { inState, place, testPage, until, within } from '../support/page.js';

const REST = `<h2>Horaires</h2><p>Du lundi au vendredi</p><footer>Mairie</footer>`;
const shown = (element: Element | null | undefined): boolean => (element?.getClientRects().length ?? 0) > 0;

describe('what an element holds beside its fallback', () => {
  const page = testPage();

  for (const [what, html, after, hidden] of [
    [
      'a page that a tag which closed itself has swallowed',
      `<cap-project-card project-id="x" />${REST}`,
      ['h2', 'p', 'footer'],
      [],
    ],
    [
      'a second heading',
      `<cap-project-card project-id="x"><h3>Le budget</h3><a href="/x">Voir</a><h2>Horaires</h2><p>…</p>`,
      ['h2', 'p'],
      ['h3', 'a'],
    ],
    [
      'a form behind a link',
      `<cap-project-card project-id="x"><a href="/x">Voir</a><div><form></form><b>Écrire</b></div>`,
      ['b'],
      ['a'],
    ],
    [
      'a table',
      `<cap-project-card project-id="x"><p><a href="/x">Voir</a></p><table><tr><td>12</td></tr></table>`,
      ['td'],
      ['a'],
    ],
    [
      'another element',
      `<cap-project-card project-id="x" /><cap-project-card project-id="x"></cap-project-card><p>Fin</p>`,
      ['p', 'cap-project-card'],
      [],
    ],
  ] as const)
    it(`is shown after it, and the console says so once: ${what}`, async () => {
      page.platform.put(project('x'));
      const main = place(html);
      const element = within(main, 'cap-project-card');
      await inState(element, 'ready');
      for (const selector of after) expect(shown(element.querySelector(selector)), selector).to.be.true;
      for (const selector of hidden) expect(shown(element.querySelector(selector)), selector).to.be.false;
      const card = element.shadowRoot?.querySelector('article')?.getBoundingClientRect();
      expect(element.querySelector(after[0])?.getBoundingClientRect().top).to.be.at.least(card?.bottom ?? Infinity);
      // Once a page.
      if (html.includes('/><h2>')) {
        await until(() => page.warnings.length > 0, 'nothing is said');
        expect(page.warnings.join()).to.contain('closes itself');
      }
    });

  it('looks as it would without the element', async () => {
    page.platform.put(project('x'));
    const main = place(
      `<div style="color: rgb(1, 2, 3); font: italic 30px monospace; text-align: right"><cap-project-card project-id="x" />${REST}</div>`,
    );
    const element = within(main, 'cap-project-card');
    await inState(element, 'ready');
    const { color, fontSize, fontStyle, textAlign } = getComputedStyle(element.querySelector('p') as Element);
    expect([color, fontSize, fontStyle, textAlign]).to.deep.equal(['rgb(1, 2, 3)', '30px', 'italic', 'right']);
  });

  it('stays with the fallback where the project is not there', async () => {
    const main = place(`<cap-project-card project-id="nowhere"><a href="/x">Voir</a><h2>Horaires</h2><p>…</p>`);
    const element = within(main, 'cap-project-card');
    await inState(element, 'empty');
    for (const selector of ['a', 'h2', 'p']) expect(shown(element.querySelector(selector)), selector).to.be.true;
  });

  it('is nothing in an ordinary fallback, which goes when the project comes', async () => {
    page.platform.put(project('x'));
    const main = place(
      `<cap-project-card project-id="x"><h3>Le budget</h3><p>Un <a href="/x">projet</a></p><ul><li>Un</li></ul><img alt="" src="data:,"></cap-project-card>`,
    );
    const element = within(main, 'cap-project-card');
    await inState(element, 'ready');
    for (const selector of ['h3', 'p', 'ul', 'img'])
      expect(shown(element.querySelector(selector)), selector).to.be.false;
    expect(page.warnings).to.be.empty;
  });
});
