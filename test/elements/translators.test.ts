import { expect } from '@open-wc/testing';

import { ELEMENTS } from '../support/elements.js';
import { project } from '../support/fixtures.js';
import { handoffPage } from '../support/handoff-page.js';
import { lists, many } from '../support/lists.js';
import { inState, mount, nextTask, ready, testPage, until, type Widget } from '../support/page.js';
import { byRole, focused, part, textOf } from '../support/perceive.js';
import { listed, putProposals } from '../support/proposal-fixtures.js';
import { control, count, message, shownButton } from '../support/voting.js';

/** What a translator makes of a text: marked, so that it can be told from ours. */
const translated = (text: string): string => `⟦${text}⟧`;
const original = (text: string): string => text.replace(/[⟦⟧]/g, '');

function* elementsIn(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* elementsIn(element.shadowRoot);
  }
}

const wordsIn = (element: Element): Text[] =>
  element.closest('[translate=no],style')
    ? []
    : [...element.childNodes].filter((node): node is Text => node instanceof Text && node.data.trim() !== '');

/** How the translators of browsers write into a page, and into its open shadow roots. */
const TRANSLATORS: Readonly<Record<string, (element: Element) => void>> = {
  'puts fonts around texts': (element) => {
    for (const text of wordsIn(element)) {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.append(translated(text.data));
      outer.append(inner);
      text.replaceWith(outer);
    }
  },
  'writes into texts': (element) => {
    for (const text of wordsIn(element)) text.nodeValue = translated(text.data);
  },
  'puts sentences together anew': (element) => {
    if (!wordsIn(element).length) return;
    for (const text of wordsIn(element)) text.data = translated(text.data);
    // Its own comments it leaves out.
    element.replaceChildren(...[...element.childNodes].filter((node) => !(node instanceof Comment)));
  },
};

const translate = (element: Element, how: keyof typeof TRANSLATORS): void => {
  for (const found of [...elementsIn(element.shadowRoot as ShadowRoot)]) TRANSLATORS[how]?.(found);
};

for (const how of Object.keys(TRANSLATORS))
  describe(`after a translator that ${how}`, () => {
    const page = testPage();
    const problems: string[] = [];
    const note = (event: PromiseRejectionEvent): void => void problems.push(String(event.reason));
    beforeEach(() => {
      problems.length = 0;
      addEventListener('unhandledrejection', note);
    });
    afterEach(() => {
      removeEventListener('unhandledrejection', note);
      expect(problems).to.deep.equal([]);
    });

    for (const [tag, html] of Object.entries(ELEMENTS))
      it(`${tag} goes on in another language`, async () => {
        const markup = html(page);
        const shown = async (): Promise<Widget> => {
          const element = mount(markup, tag);
          await inState(element, 'ready');
          return element;
        };
        const element = await shown();
        /** What it shows in a language, once that is what a new one shows. */
        const written = async (lang: string): Promise<string> => {
          document.documentElement.lang = lang;
          const fresh = await shown();
          let text = '';
          await until(async () => {
            const before = text;
            await nextTask();
            text = original(textOf(element));
            return text === before && text === textOf(fresh);
          }, `${lang} does not come to rest`);
          fresh.remove();
          return text;
        };
        const french = await written('fr');
        translate(element, how);
        expect(textOf(element)).to.contain('⟦');
        expect(await written('en')).not.to.equal(french);
      });

    it('a vote is seen on its button, which keeps the focus', async () => {
      const element = await shownButton(page);
      translate(element, how);
      control(element).focus();
      control(element).click();
      await until(() => original(count(element)) === '42 votes', 'the count does not change');
      await until(() => message(element) === 'Votre vote est enregistré.', 'that is not said');
      expect(focused() === control(element)).to.be.true;
      translate(element, how);
      control(element).click();
      await until(() => original(count(element)) === '41 votes', 'the count does not change');
      expect(original(textOf(control(element)))).to.equal('Voter');
    });

    it('a number is read again', async () => {
      page.platform.put(project('x', { votes: { totalCount: 1 } }));
      const element = await ready('<cap-participation-counter project-id="x"></cap-participation-counter>');
      translate(element, how);
      page.platform.put(project('x', { votes: { totalCount: 12 } }));
      await element.reload();
      await until(() => /^12 votes/.test(original(textOf(element))), 'the number does not change');
    });

    it('a list shows more', async () => {
      lists(
        page.platform,
        'projects',
        many(4, (i) => project(`p${i}`)),
      );
      const element = mount('<cap-project-list first="3"></cap-project-list>', 'cap-project-list');
      await inState(element, 'ready');
      translate(element, how);
      part(element, 'button').click();
      await until(() => textOf(part(element, 'count')) === '4 projets', 'the count does not change');
    });

    it('filters change the list', async () => {
      putProposals(
        page.platform,
        [1, 2, 3, 4].map((i) => listed(i)),
      );
      const element = mount('<cap-proposal-list step-id="vote"></cap-proposal-list>', 'cap-proposal-list');
      await inState(element, 'ready');
      await until(() => element.shadowRoot?.querySelectorAll('li[part=card] a').length === 4, 'four cards');
      translate(element, how);
      const select = element.shadowRoot?.querySelector<HTMLSelectElement>('[name=category]');
      if (select) select.value = 'category-1';
      element.shadowRoot?.querySelector('form')?.requestSubmit();
      await until(() => original(textOf(part(element, 'count'))) === '2 propositions', 'the count does not change');
      await until(() => element.shadowRoot?.querySelectorAll('li[part=card] a').length === 2, 'two cards');
    });
  });

for (const how of Object.keys(TRANSLATORS))
  describe(`on the hand-over page, after a translator that ${how}`, () => {
    const visit = handoffPage();

    it('what has been done is said', async () => {
      const element = await visit.confirmable();
      translate(element, how);
      element.shadowRoot?.querySelector<HTMLElement>('button.main')?.click();
      await inState(element, 'done');
      expect(byRole(element, 'link', 'Revenir sur www.valmont.example')).to.exist;
      expect(original(textOf(element)).match(/Une guinguette/g)).to.have.length(1);
    });
  });
