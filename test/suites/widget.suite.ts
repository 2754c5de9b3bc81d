/** What every element does, whatever it shows: said once, and asked of each. */
import { expect } from '@open-wc/testing';

import { common as texts } from '../../src/i18n/locales/fr/common.js';
import { configure } from '../../src/state/page-settings.js';
import {
  inState,
  inTime,
  kindsOf,
  mount,
  nextTask,
  patiently,
  testPage,
  until,
  type TestPage,
} from '../support/page.js';
import type { Widget } from '../support/page.js';
import { allByRole, byRole, fallbackShown, focused, part, textOf } from '../support/perceive.js';

export interface Subject {
  readonly tag: string;
  /** Gives the platform what the element needs, and the HTML of it with a link as its fallback. */
  readonly set: (page: TestPage) => string;
  /** Attributes with a text of each and what it means as a property. */
  readonly attributes: readonly (readonly [attribute: string, text: string, value: unknown])[];
  /** What is said of a failure stands in this part. */
  readonly message?: string | undefined;
}

const camel = (attribute: string): string => attribute.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** What changes in an element while something is done. */
async function changesOf(element: Element, act: () => unknown): Promise<number> {
  let changes = 0;
  const observer = new MutationObserver((records) => (changes += records.length));
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  observer.observe(element, everything);
  if (element.shadowRoot) observer.observe(element.shadowRoot, everything);
  await act();
  await nextTask();
  changes += observer.takeRecords().length;
  observer.disconnect();
  return changes;
}

export function widgetSuite({ tag, set, attributes, message = 'message' }: Subject): void {
  describe(`<${tag}>, as every element`, () => {
    const page = testPage();
    const put = (): Widget => mount(set(page), tag);
    const shown = async (): Promise<Widget> => {
      const element = put();
      await inState(element, 'ready');
      await nextTask();
      return element;
    };
    const told = (): string[] =>
      page.events.map(({ type, ...detail }) => `${type} ${'code' in detail ? detail.code : ''}`);

    it('shows the page’s own link until it knows more, in one state at a time, and tells once that it is there', async () => {
      const html = set(page);
      const answer = page.platform.hold();
      const element = mount(html, tag);
      await inState(element, 'loading');
      expect(kindsOf(element)).to.deep.equal(['loading']);
      expect(fallbackShown(element)).to.be.true;
      expect(told()).to.be.empty;
      answer();
      await inState(element, 'ready');
      expect(kindsOf(element)).to.deep.equal(['ready']);
      expect(fallbackShown(element)).to.be.false;
      await element.reload();
      await nextTask();
      expect(told()).to.deep.equal(['cap-load ']);
    });

    it('asks nothing without a platform, shows the page’s own link, and says so to whoever builds the page', async () => {
      const html = set(page);
      configure({});
      const element = mount(html, tag);
      await inState(element, 'error');
      await until(() => page.warnings.length > 0, 'nothing is said');
      expect(fallbackShown(element)).to.be.true;
      expect(allByRole(element, 'button')).to.be.empty;
      expect(page.platform.requests).to.be.empty;
      expect(page.warnings.join()).to.contain(`<${tag}> has no platform to ask`);
    });

    it('shows the page’s own link when it fails, says so, and reads again by a button, which keeps the focus', async () => {
      const html = set(page);
      page.platform.fail({ status: 500 });
      const element = mount(html, tag);
      await patiently(page.clock, element, 'error');
      expect(kindsOf(element)).to.deep.equal(['error']);
      expect(fallbackShown(element)).to.be.true;
      expect(textOf(part(element, message))).to.contain(texts['error.unreachable']);
      expect(told()).to.deep.equal(['cap-error server']);
      const again = byRole(element, 'button', texts.retry);
      again.focus();
      again.click();
      // It fails once more: nothing has gone from under the finger.
      await inTime(page.clock, () => page.platform.requests.length >= 6, 'it does not try again');
      await nextTask();
      expect(focused() === again).to.be.true;
      page.platform.heal();
      again.click();
      await inState(element, 'ready');
      expect(fallbackShown(element)).to.be.false;
      await until(() => element.contains(focused()) || element.shadowRoot?.activeElement, 'the focus is lost');
    });

    it('keeps what it shows when it cannot be read again, and marks it as old', async () => {
      const element = await shown();
      page.platform.fail({ status: 403 });
      await element.reload();
      await nextTask();
      expect(kindsOf(element)).to.deep.equal(['ready']);
      expect(fallbackShown(element)).to.be.false;
      expect(told()).to.deep.equal(['cap-load ', 'cap-error forbidden']);
      page.platform.heal();
      await element.reload();
      await inState(element, 'ready');
    });

    it('speaks the language of its place, and follows it', async () => {
      const element = await shown();
      const french = textOf(element);
      document.documentElement.lang = 'en';
      await until(() => textOf(element) !== french, 'it is still in French');
      document.documentElement.lang = 'fr';
      await until(() => textOf(element) === french, 'it does not come back to French');
    });

    it('reads nothing anew where it was moved', async () => {
      const element = await shown();
      const { length } = page.platform.requests;
      const before = textOf(element);
      const other = document.createElement('div');
      element.after(other);
      other.append(element);
      await nextTask();
      expect(kindsOf(element)).to.deep.equal(['ready']);
      expect(textOf(element)).to.equal(before);
      expect(page.platform.requests).to.have.length(length);
    });

    it('changes nothing on the page where nothing has changed', async () => {
      const element = await shown();
      const rest = element as Widget & { requestUpdate(): void };
      expect(await changesOf(element, () => rest.requestUpdate()), 'drawn again').to.equal(0);
      expect(await changesOf(element, () => element.reload()), 'read again').to.equal(0);
    });

    for (const [attribute, text, value] of attributes)
      it(`has a property for ${attribute}, with its meaning`, async () => {
        set(page);
        const element = document.createElement(tag);
        await customElements.whenDefined(tag);
        const property = camel(attribute);
        expect(Reflect.has(element, property)).to.be.true;
        element.setAttribute(attribute, text);
        expect(Reflect.get(element, property)).to.deep.equal(value);
      });
  });
}
