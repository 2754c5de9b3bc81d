import { expect } from '@open-wc/testing';

import { ELEMENTS } from '../support/elements.js';
import { handoffPage } from '../support/handoff-page.js';
import { inState, mount, testPage, until, type Widget } from '../support/page.js';

const LENGTH = 40_000;
/** What a line may have, and the sentence around it. */
const BOUND = 600;
const LONG = 'title|name|displayName|formatted|summaryOrBodyExcerpt';

/** Has every text of the platform's answers that is for a line be as long as no line is, in the suite around it. */
function lengthen(): void {
  const real: unknown = Reflect.get(window, 'fetch');
  beforeEach(() => {
    const ask = window.fetch.bind(window);
    window.fetch = async (...request) => {
      const answer = await ask(...request);
      const body = (await answer.text()).replace(
        RegExp(`"(${LONG})":"([^"]+)"`, 'g'),
        (_, key: string, text: string) => `"${key}":"${`${text} é👍🏽`.repeat(LENGTH).slice(0, LENGTH)}"`,
      );
      return new Response(body, answer);
    };
  });
  afterEach(() => void Reflect.set(window, 'fetch', real));
}

/** Everything that is laid out or read out in a widget and in those inside it. */
function* written(root: ParentNode): Generator<string> {
  for (const element of root.querySelectorAll('*')) {
    for (const node of element.childNodes) if (node instanceof Text) yield node.data;
    yield element.getAttribute('aria-label') ?? '';
    if (element.shadowRoot) yield* written(element.shadowRoot);
  }
}

function expectShort(element: Widget): void {
  const texts = [...written(element.shadowRoot as ShadowRoot)];
  expect(
    texts.some((text) => text.includes('…')),
    'Something is cut.',
  ).to.be.true;
  expect(texts.filter((text) => text.length > BOUND).map((text) => text.slice(0, 80))).to.deep.equal([]);
}

describe('texts without an end', () => {
  const page = testPage();
  lengthen();

  // A counter shows no text of the platform's.
  for (const [tag, html] of Object.entries(ELEMENTS).filter(([name]) => name !== 'cap-participation-counter'))
    it(`are cut before they are laid out: ${tag}`, async () => {
      const element = mount(html(page), tag);
      await inState(element, 'ready');
      await until(
        () => [...written(element.shadowRoot as ShadowRoot)].some((text) => text.includes('…')),
        'the texts are not there',
      );
      expectShort(element);
    });
});

describe('texts without an end, on the hand-over page', () => {
  const visit = handoffPage();
  lengthen();

  it('are cut before they are laid out', async () => {
    expectShort(await visit.confirmable());
  });
});
