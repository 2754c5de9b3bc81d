import { expect } from '@open-wc/testing';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';

import '../../src/elements/event-list/define.js';
import '../../src/elements/project-list/define.js';
import { project } from '../support/fixtures.js';
import { event, lists, many } from '../support/lists.js';
import { inState, place, testPage, until, within } from '../support/page.js';
import { allByRole, focused, nameOf, names } from '../support/perceive.js';

const chromium = navigator.userAgent.includes('Chrome');
const LONG = 'Réinventons la place du Marché-aux-Herbes, anticonstitutionnellementindésirable';
const PAGE = `<h2>Projets</h2><cap-project-list first="2"></cap-project-list>
  <h2>Agenda</h2><cap-event-list first="2"></cap-event-list>`;

describe('the accessibility of lists', () => {
  const page = testPage();

  async function lay(style = ''): Promise<HTMLElement> {
    lists(
      page.platform,
      'projects',
      many(3, (number) => project(`p${number}`, { title: `${LONG} ${number}` })),
    );
    lists(
      page.platform,
      'events',
      // The platform begins with what begins last.
      many(3, (number) => {
        const day = 20 - number;
        return event(`e${number}`, `${LONG} ${number}`, `2026-05-${day} 10:00:00`, `2026-05-${day} 12:00:00`);
      }),
    );
    const main = place(PAGE);
    main.style.cssText = style;
    for (const tag of ['cap-project-list', 'cap-event-list']) await inState(within(main, tag), 'ready');
    await until(() => allByRole(main, 'link').length === 4, 'all is shown');
    return main;
  }

  for (const size of ['100%', '200%'])
    it(`need no scrolling sideways at 320 pixels, with text of ${size}`, async () => {
      const main = await lay(`inline-size: 320px; font-size: ${size}`);
      expect(main.scrollWidth).to.be.at.most(320);
    });

  it('let the keyboard pass through all there is, in the order in which one reads', async () => {
    const main = await lay();
    const before = document.createElement('button');
    main.prepend(before);
    before.focus();
    const stops: string[] = [];
    for (let stop = 0; stop < 8; stop++) {
      const last = focused();
      await sendKeys({ press: 'Tab' });
      await until(() => focused() !== last, 'the focus moves on');
      const element = focused();
      stops.push(element ? nameOf(element) : '');
      expect(element?.matches(':focus-visible'), stops.at(-1)).to.be.true;
    }
    expect(stops).to.deep.equal([
      `${LONG} 1`,
      `${LONG} 2`,
      'Voir plus de projets',
      `${LONG} 3`,
      `Ajouter à mon agenda : ${LONG} 3, 17 mai 2026 à 10 h 00 (fichier iCalendar)`,
      `${LONG} 2`,
      `Ajouter à mon agenda : ${LONG} 2, 18 mai 2026 à 10 h 00 (fichier iCalendar)`,
      'Voir plus d’événements',
    ]);
  });

  it('let the keyboard show more, and go on from there', async () => {
    const main = await lay();
    const button = allByRole(within(main, 'cap-project-list'), 'button')[0];
    button?.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => nameOf(focused() ?? main) === `${LONG} 3`, 'the focus is on the new project');
    await sendKeys({ press: 'Tab' });
    await until(
      () => nameOf(focused() ?? main) === `${LONG} 3` && focused()?.matches('[part=link]'),
      'on to the events',
    );
  });

  it('have links and buttons that a finger can hit', async () => {
    const main = await lay();
    for (const element of [...allByRole(main, 'link'), ...allByRole(main, 'button')]) {
      const { width, height } = element.getBoundingClientRect();
      // The link of a card is as large as the card.
      const covers = getComputedStyle(element, '::after').position === 'absolute';
      expect(covers || (width >= 24 && height >= 24), `${nameOf(element)}: ${width} × ${height}`).to.be.true;
    }
  });

  it('give no two links of a list the same name', async () => {
    const main = await lay();
    for (const tag of ['cap-project-list', 'cap-event-list']) {
      const links = names(within(main, tag), 'link');
      expect(new Set(links).size).to.equal(links.length);
    }
  });

  if (chromium)
    it('keep their edges in forced colours', async () => {
      await executeServerCommand('forced-colors', 'active');
      try {
        const main = await lay();
        await expect(main).to.be.accessible();
        const entry = within(main, 'cap-event-list').shadowRoot?.querySelector('[part=event]');
        expect(entry && getComputedStyle(entry).borderTopStyle).to.equal('solid');
      } finally {
        await executeServerCommand('forced-colors', 'none');
      }
    });
});
