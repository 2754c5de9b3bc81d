/** What the element tests stand on: a page with a platform and a clock of its own, and how a visitor perceives it. */
import '../../src/elements/platform/define.js';
import '../../src/elements/project-card/define.js';
import '../../src/elements/participation-counter/define.js';
import type { CapLoadEvent, CapErrorEvent } from '../../src/elements/base/events.js';
import { configure } from '../../src/state/page-settings.js';
import { poller } from '../../src/state/poller.js';
import { FakeClock } from './fake-clock.js';
import { connect, FakePlatform, isWorking } from './fake-platform.js';

/** An element of the library, as a page's script knows it. */
export type Widget = HTMLElement & { reload(): Promise<void> };

export interface TestPage {
  platform: FakePlatform;
  clock: FakeClock;
  /** What the console warned of. */
  readonly warnings: readonly string[];
  /** What the widgets reported: the name of each event with its detail. */
  readonly events: readonly Report[];
}

export type Report = { readonly type: string } & (CapLoadEvent | CapErrorEvent)['detail'];

let pages = 0;
/** Test files that run at the same time share the browser's storage and its channels: their platforms must not be the same. */
const file = Math.random().toString(36).slice(2, 8);

/** Gives every test of the suite around it a fresh page. */
export function testPage(): TestPage {
  const warnings: string[] = [];
  const events: Report[] = [];
  const page = { platform: new FakePlatform(), clock: new FakeClock(), warnings, events };
  const note = ({ type, detail }: CapLoadEvent | CapErrorEvent): void => void events.push({ type, ...detail });
  const { warn } = console;
  let disconnect: () => void;
  beforeEach(() => {
    // An address of its own: what one test has left behind reaches no other.
    page.platform = new FakePlatform(`https://participez-${file}-${++pages}.valmont.example`);
    page.clock = new FakeClock().install();
    warnings.length = events.length = 0;
    console.warn = (...words: unknown[]) => void warnings.push(words.join(' '));
    disconnect = connect(page.platform);
    document.documentElement.lang = 'fr';
    configure({ platform: page.platform.url });
    document.addEventListener('cap-load', note);
    document.addEventListener('cap-error', note);
  });
  afterEach(async function () {
    // An element in a failure cannot be sent to the runner, which would wait for the result until its time is over.
    const error = this.currentTest?.err as { actual?: unknown; expected?: unknown } | undefined;
    if (error?.actual instanceof Node) error.actual = (error.actual as Element).outerHTML;
    for (const place of document.querySelectorAll('.place')) place.remove();
    // Whoever is still reading finds out that nobody listens any more.
    await nextTask();
    document.removeEventListener('cap-load', note);
    document.removeEventListener('cap-error', note);
    disconnect();
    console.warn = warn;
    configure({});
    // What a visitor has done holds for the page as long as it is open.
    poller.paused = false;
    for (const region of document.querySelectorAll('body > [role=status], body > [role=alert]'))
      region.textContent = '';
  });
  return page;
}

/** Puts HTML on the page. */
export function place(html: string): HTMLElement {
  const main = document.createElement('main');
  main.className = 'place';
  main.innerHTML = html;
  document.body.append(main);
  return main;
}

/** Puts HTML on the page; gives back the first of our elements in it, or of whatever the selector names. */
export function mount(html: string, selector = 'cap-project-card,cap-participation-counter'): Widget {
  return within(place(html), selector);
}

export function within(root: ParentNode, selector: string): Widget {
  const found = root.querySelector<Widget>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Lets everything that waits for nothing but its turn have it, and the platform answer what it was asked. */
export async function nextTask(): Promise<void> {
  // Twice: an answer may lead to the next request, which leaves in a task of its own.
  for (let calm = 0; calm < 2; calm = isWorking() ? 0 : calm + 1) await pause();
}

/** Milliseconds. Longer than a slow and busy machine takes for anything: only what never comes costs that time. */
const PATIENCE = 30_000;

/** Looks again and again until something is so. What cannot even be looked at is not so yet. */
export async function until(condition: () => unknown, what: string): Promise<void> {
  // Made here, where its stack leads to the test.
  const failure = new Error(`Timeout: ${what}`);
  for (const end = performance.now() + PATIENCE; ; await pause()) {
    let obstacle = '';
    try {
      if (await condition()) return;
    } catch (reason) {
      obstacle = `: ${String(reason)}`;
    }
    if (performance.now() > end) throw Object.assign(failure, { message: `Timeout: ${what}${obstacle}` });
  }
}

const KINDS = ['loading', 'ready', 'empty', 'error'] as const;

/** The states that every element has in common which it is in: one, if all is well. */
export const kindsOf = (element: Element): string[] => KINDS.filter((kind) => element.matches(`:state(${kind})`));

/** Waits for a state. */
export const inState = (element: Element, state: string): Promise<void> =>
  until(() => element.matches(`:state(${state})`), `<${element.localName}> is not ${state}`);

/** Lets time pass in small steps, for what waits between its tries, until something is so. */
export const inTime = (clock: FakeClock, condition: () => unknown, what: string): Promise<void> =>
  until(async () => {
    if (condition()) return true;
    // An answer on its way must not time out because the machine is slow; nor may time run away before it is waited for.
    await nextTask();
    if (clock.pending > 0 && !condition()) clock.advance(1000);
    return condition();
  }, what);

/** As `inTime`, until the element is in a state. */
export const patiently = (clock: FakeClock, element: Element, state: string): Promise<void> =>
  inTime(clock, () => element.matches(`:state(${state})`), `<${element.localName}> is not ${state}`);

/** Puts an element on the page and waits until it shows what it came for. */
export async function ready(html: string): Promise<Widget> {
  const element = mount(html);
  await inState(element, 'ready');
  return element;
}
