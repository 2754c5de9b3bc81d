/** Runs inside every page of the end-to-end tests, as the global `inPage`, before the page's own scripts. */
import type {} from '../../../src/elements/base/voting-events.js';
import { textOf } from '../../support/perceive.js';

export * from '../../support/perceive.js';

/** What the page's policy has refused. */
export const violations: string[] = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  violations.push(`${effectiveDirective} refused ${blockedURI}`),
);

/** What the widgets have reported, as `event tag code`. */
export const events: string[] = [];
for (const type of ['cap-load', 'cap-error'] as const)
  document.addEventListener(type, ({ detail }) =>
    events.push([type, detail.tag, 'code' in detail ? detail.code : ''].join(' ').trim()),
  );

/** What has moved on screen by itself. */
export const shifts: string[] = [];

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
}

new PerformanceObserver((list) => {
  // The observer is asked for nothing else.
  for (const { value, sources } of list.getEntries() as LayoutShift[])
    shifts.push(`${value}: ${sources.map(({ node }) => node?.nodeName).join()}`);
}).observe({ type: 'layout-shift', buffered: true });

/** How often the page has asked the browser to keep the screen awake, and what of. */
export const wakeLocks: string[] = [];

/** Replaces the browser's means to keep the screen awake by one that counts. */
export function countWakeLocks(): void {
  const request = (kind: string): Promise<object> => {
    wakeLocks.push(kind);
    return Promise.resolve({ release: () => Promise.resolve() });
  };
  Object.defineProperty(navigator, 'wakeLock', { value: { request } });
}

/** When the page has asked for something, in milliseconds. */
export const fetches: number[] = [];

/** Has every request of the page's scripts leave its time. */
export function timeFetches(): void {
  const fetch = window.fetch.bind(window);
  window.fetch = (...request) => {
    fetches.push(performance.now());
    return fetch(...request);
  };
}

/** Has whatever waits for longer than a moment wait less, by so many times. */
export function hasten(times: number): void {
  const real = window.setTimeout.bind(window);
  window.setTimeout = ((task: () => void, delay = 0) =>
    real(task, delay < 300 ? delay : delay / times)) as typeof window.setTimeout;
}

/** Passes on every vote that a widget tells the page of. */
export function onVote(report: (proposal: string, voted: boolean) => void): void {
  document.addEventListener('cap-vote-change', ({ detail }) => report(detail.proposalId, detail.voted));
}

const WIDGETS = 'cap-project-card,cap-participation-counter,cap-vote-button';

type Widget = HTMLElement & { reload(): Promise<void> };

export const widgets = (): Widget[] => [...document.querySelectorAll<Widget>(WIDGETS)];

/** All elements of a tag, inside open shadow roots too. */
export const deep = (tag: string, root: Document | ShadowRoot = document): Element[] =>
  [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element.localName === tag ? [element] : []),
    ...(element.shadowRoot ? deep(tag, element.shadowRoot) : []),
  ]);

/** Has every widget of the page read again. */
export async function reloadAll(): Promise<void> {
  await Promise.all(widgets().map((widget) => widget.reload()));
}

/** Whether every widget of the page shows what it came for, or that it cannot. */
export const settled = (): boolean =>
  widgets().every((widget) => ['ready', 'empty', 'error'].some((state) => isIn(widget, state)));

/** Whether an element says so of itself. */
export const isIn = (element: Element, state: string): boolean => element.matches(`:state(${state})`);

/** Everything that is written in a page, shown or not: attributes, comments and shadow roots too. */
export function sourceOf(node: Element | ShadowRoot | Document = document): string {
  const inner = [...node.querySelectorAll('*')].map(({ shadowRoot }) => (shadowRoot ? sourceOf(shadowRoot) : ''));
  const outer = node instanceof Document ? node.documentElement.outerHTML : node.innerHTML;
  return [outer, ...inner].join('\n');
}

const OUTERMOST = '[loading=eager]';

/** Whether every element of the page's own has come to an end: it shows what it came for, or says why not. */
export const allEnded = (): boolean =>
  [...document.querySelectorAll(OUTERMOST)].every((widget) =>
    ['ready', 'empty', 'error'].some((state) => isIn(widget, state)),
  );

/** The words of every element of the page's own, by its tag. */
export const wordsByTag = (): Record<string, string> =>
  Object.fromEntries([...document.querySelectorAll(OUTERMOST)].map((widget) => [widget.localName, textOf(widget)]));

const everything = (root: Document | ShadowRoot = document): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => [
    element,
    ...(element.shadowRoot ? everything(element.shadowRoot) : []),
  ]);

/** The names of all that a visitor can press or fill in, inside widgets. */
export const pressable = (): string[] =>
  everything()
    .filter((element) => element.matches('button,a[part=button],input,select') && element.checkVisibility())
    .map((element) => element.textContent.trim() || element.tagName);

/** What the links in widgets say on paper of where they lead, which cards may be cut in two, and how wide all of it is. */
export function printed(): { led: string[]; cut: string[]; wide: number } {
  const shown = everything().filter((element) => element.checkVisibility());
  const cards = shown.filter((element) =>
    element.matches('article,[part=event],[part=card],[part=basket],[part=prompt]'),
  );
  return {
    led: shown.flatMap((link) => {
      // The page's own are its own matter.
      if (!(link instanceof HTMLAnchorElement) || link.getRootNode() === document) return [];
      const { content, position } = getComputedStyle(link, '::after');
      return /\(.*\)/.test(content) && position === 'static' ? link.href : [];
    }),
    cut: cards.filter((card) => getComputedStyle(card).breakInside !== 'avoid').map(({ outerHTML }) => outerHTML),
    wide: document.documentElement.scrollWidth,
  };
}
