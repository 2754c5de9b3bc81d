import { expect } from '@open-wc/testing';

import { ballot, project, proposal, questionnaire } from '../support/fixtures.js';
import { inState, nextTask, patiently, place, ready, testPage, until, within, type Widget } from '../support/page.js';
import { announced, byRole, names, part, textOf } from '../support/perceive.js';

const LIVE = '<cap-participation-counter project-id="x" refresh="30" display="tile"></cap-participation-counter>';

/** Lets the page see what is on screen, and what was asked arrive. */
const settle = async (): Promise<void> => {
  // All who observe hear of the same frame, in the order in which they came: the widgets before this one.
  await new Promise<void>((resolve) => {
    const sight = new IntersectionObserver(() => {
      sight.disconnect();
      resolve();
    });
    sight.observe(document.documentElement);
  });
  await nextTask();
  await nextTask();
};

const real = Object.getOwnPropertyDescriptor(Document.prototype, 'hidden') ?? {};

/** On the prototype: what stands on the document itself could be a picture of that name. */
function hidePage(hidden: boolean): void {
  Object.defineProperty(Document.prototype, 'hidden', hidden ? { ...real, get: () => true } : real);
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('a counter that refreshes', () => {
  const page = testPage();
  const countOf = (element: Widget): string => textOf(part(element, 'count'));
  const asked = (): number => page.platform.requests.length;
  /** Lets an interval pass; gives back how many requests it brought. */
  const requestsIn = async (seconds: number): Promise<number> => {
    const before = asked();
    page.clock.advance(seconds * 1000);
    await settle();
    return asked() - before;
  };

  afterEach(() => hidePage(false));

  it('shows the new number and the time of it', async () => {
    page.platform.put(project('x'));
    const element = await ready(LIVE);
    await settle();
    const before = textOf(part(element, 'updated'));
    page.platform.change('x', { votes: { totalCount: 12_481 } });
    page.clock.advance(29_000);
    await settle();
    expect(countOf(element)).to.equal('12 480');
    page.clock.advance(1000);
    await until(() => countOf(element) === '12 481', 'the number stays the old one');
    expect(await requestsIn(31)).to.equal(1);
    expect(textOf(part(element, 'updated'))).not.to.equal(before);
  });

  it('does not tell screen readers every new number', async () => {
    page.platform.put(project('x'));
    const element = await ready(LIVE);
    await settle();
    page.platform.change('x', { votes: { totalCount: 12_481 } });
    page.clock.advance(30_000);
    await until(() => countOf(element) === '12 481', 'the number stays the old one');
    expect(announced('status') + announced('alert')).to.equal('');
    expect(
      element.shadowRoot?.querySelectorAll('[aria-live], [role="status"], [role="alert"], [role="timer"]'),
    ).to.have.length(0);
  });

  it('reads once without refresh', async () => {
    page.platform.put(project('x'));
    const element = await ready('<cap-participation-counter project-id="x"></cap-participation-counter>');
    await settle();
    expect(await requestsIn(3600)).to.equal(0);
    expect(names(element, 'button')).to.be.empty;
  });

  it('reads all the counters of a page together, in one request', async () => {
    page.platform.put(project('x'), project('y'), questionnaire('q'));
    const main = place(`${LIVE}
      <cap-participation-counter project-id="y" refresh="30" metric="contributors"></cap-participation-counter>
      <cap-participation-counter questionnaire-id="q" metric="replies" refresh="40"></cap-participation-counter>`);
    for (const element of main.children) await inState(element, 'ready');
    await settle();
    expect(asked()).to.equal(1);
    // Those of 40 seconds fall into step with those of 30.
    expect(await requestsIn(30)).to.equal(1);
    expect(Object.values(page.platform.requests.at(-1)?.variables ?? {}).flat()).to.have.members(['x', 'y', 'q']);
    expect(await requestsIn(30)).to.equal(1);
  });

  it('asks one request of each endpoint it needs, however many counters there are', async () => {
    page.platform.put(project('x'), ballot('s', [proposal('a', 5)]), proposal('p', 3));
    const main = place(`${LIVE}
      <cap-participation-counter step-id="s" refresh="30"></cap-participation-counter>
      <cap-participation-counter proposal-id="p" refresh="30"></cap-participation-counter>`);
    for (const element of main.children) await inState(element, 'ready');
    await settle();
    const before = asked();
    page.clock.advance(30_000);
    await until(() => asked() - before >= 2, 'nothing is read');
    await settle();
    const urls = page.platform.requests.slice(before).map(({ url }) => url.slice(page.platform.url.length));
    expect(new Set(urls)).to.deep.equal(new Set(['/graphql', '/graphql/internal']));
  });

  it('stops while the page is hidden, and reads as soon as it is shown again', async () => {
    page.platform.put(project('x'));
    const element = await ready(LIVE);
    await settle();
    hidePage(true);
    expect(await requestsIn(300)).to.equal(0);
    page.platform.change('x', { votes: { totalCount: 13_000 } });
    hidePage(false);
    await until(() => countOf(element) === '13 000', 'the number stays the old one');
    expect(await requestsIn(29)).to.equal(0);
    expect(await requestsIn(1)).to.equal(1);
  });

  it('stops off screen, and reads when it is scrolled into view', async () => {
    page.platform.put(project('x'));
    const element = await ready(LIVE);
    const spacer = document.createElement('div');
    spacer.style.blockSize = '4000px';
    element.before(spacer);
    await settle();
    expect(await requestsIn(300)).to.equal(0);
    page.platform.change('x', { votes: { totalCount: 13_000 } });
    element.scrollIntoView();
    await until(() => countOf(element) === '13 000', 'the number stays the old one');
    scrollTo(0, 0);
    await settle();
    expect(await requestsIn(300)).to.equal(0);
  });

  it('can be stopped by the visitor, for the whole page, and resumed', async () => {
    page.platform.put(project('x'), project('y'));
    const main = place(`${LIVE}<cap-participation-counter project-id="y" refresh="30"></cap-participation-counter>`);
    const [first, second] = [within(main, '[project-id=x]'), within(main, '[project-id=y]')];
    for (const element of [first, second]) await inState(element, 'ready');
    await settle();
    byRole(first, 'button', 'Arrêter l’actualisation des compteurs').click();
    for (const element of [first, second]) {
      await inState(element, 'paused');
      expect(names(element, 'button')).to.deep.equal(['Reprendre l’actualisation des compteurs']);
    }
    await until(() => announced('status') === 'Actualisation arrêtée', 'nothing is announced');
    expect(await requestsIn(300)).to.equal(0);
    byRole(second, 'button', 'Reprendre l’actualisation des compteurs').click();
    await settle();
    expect(asked()).to.equal(2);
    expect(first.matches(':state(paused)')).to.be.false;
    expect(await requestsIn(30)).to.equal(1);
  });

  it('goes on by itself after a failure, and keeps the number meanwhile', async () => {
    page.platform.put(project('x'));
    const element = await ready(LIVE);
    await settle();
    page.platform.fail({ status: 500 });
    page.clock.advance(30_000);
    await patiently(page.clock, element, 'stale');
    expect(countOf(element)).to.equal('12 480');
    page.platform.heal();
    page.platform.change('x', { votes: { totalCount: 12_500 } });
    page.clock.advance(30_000);
    await until(() => countOf(element) === '12 500', 'it does not go on');
    expect(element.matches(':state(stale)')).to.be.false;
  });

  it('stops when it is removed', async () => {
    page.platform.put(project('x'));
    const element = await ready(LIVE);
    await settle();
    element.remove();
    await settle();
    expect(await requestsIn(300)).to.equal(0);
    expect(page.clock.pending).to.equal(0);
  });
});

describe('a board', () => {
  const page = testPage();

  it('keeps the screen awake while it is shown', async () => {
    const log: string[] = [];
    const wakeLock = {
      request: (kind: string) => {
        log.push(`request ${kind}`);
        return Promise.resolve({ release: () => Promise.resolve(void log.push('release')) });
      },
    };
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: wakeLock });
    try {
      page.platform.put(project('x'));
      const element = await ready(
        '<cap-participation-counter project-id="x" display="board"></cap-participation-counter>',
      );
      await until(() => log.length === 1, 'the screen may go dark');
      // A browser drops the lock when the page is hidden, so that it has to be asked for again.
      hidePage(true);
      hidePage(false);
      await until(() => log.length === 2, 'the screen may go dark');
      expect(log).to.deep.equal(['request screen', 'request screen']);
      element.remove();
      await until(() => log.includes('release'), 'the screen stays awake');
    } finally {
      Reflect.deleteProperty(navigator, 'wakeLock');
    }
  });
});
