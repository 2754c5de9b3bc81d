/** How the tests of the basket see it: a step with some proposals, a button for each, and the basket beside them. */
import '../../src/elements/budget-basket/define.js';
import '../../src/elements/vote-button/define.js';
import type { BasketChange } from '../../src/elements/budget-basket/budget-basket.events.js';
import { configure } from '../../src/state/page-settings.js';
import type { FakePlatform } from './fake-platform.js';
import { inState, nextTask, place, until, within, type TestPage, type Widget } from './page.js';
import { allByRole, nameOf, part, textOf } from './perceive.js';
import { control } from './voting.js';
import { votable, votingStep } from './voting-fixtures.js';

type Fields = Readonly<Record<string, unknown>>;

export const BASKET = 'cap-budget-basket';

/** The proposals of the step `vote`: what they are called, and what they cost. */
export const PROJECTS = { guinguette: 30_000, frigos: 12_000, verger: 45_000, kiosque: 8000 } as const;
export type Project = keyof typeof PROJECTS;

/** Fills a platform with a step and its proposals. */
export function fill(platform: FakePlatform, step: Fields = {}): void {
  platform.put(
    votingStep('vote', { votesHelpText: null, requirements: { reason: null, edges: [] }, ...step }),
    ...Object.entries(PROJECTS).map(([id, estimation]) =>
      votable(id, 3, 0, { title: `Projet ${id}`, estimation, url: `${platform.url}/${id}` }),
    ),
  );
}

export const basketHtml = (attributes = ''): string =>
  `<${BASKET} step-id="vote" ${attributes}><a href="https://participez.valmont.example/vote">Voter</a></${BASKET}>`;
const buttons = Object.keys(PROJECTS)
  .map((id) => `<cap-vote-button proposal-id="${id}" step-id="vote"></cap-vote-button>`)
  .join('');

/** Puts buttons and a basket on a page that hands over, or has the session; waits until all of it is shown. */
export async function ballotPage(
  page: TestPage,
  mode: 'hand-over' | 'session' | 'link' = 'hand-over',
  attributes = '',
): Promise<Widget> {
  use(page, mode);
  const main = place(buttons + basketHtml(attributes));
  for (const element of main.children) await inState(element, 'ready');
  const element = within(main, BASKET);
  if (mode === 'hand-over')
    await until(() => nameOf(buttonOf(element, 'frigos')).startsWith('Choisir'), 'the buttons do not choose');
  return element;
}

export function use(page: TestPage, mode: 'hand-over' | 'session' | 'link'): void {
  const { url: platform } = page.platform;
  if (mode === 'session') configure({ platform, access: 'session' });
  else configure({ platform, ...(mode === 'hand-over' && { handoff: '/widgets/handoff' }) });
}

const buttonOf = (basket: Element, id: Project): HTMLElement =>
  control(within(basket.parentElement as HTMLElement, `cap-vote-button[proposal-id=${id}]`));

/** Presses the vote buttons of these projects, one after another. */
export async function choose(basket: Element, ...ids: readonly Project[]): Promise<void> {
  for (const id of ids) {
    const before = chosen(basket);
    buttonOf(basket, id).click();
    await until(() => chosen(basket).join() !== before.join(), `${id} is not in the basket, or still is`);
  }
}

/** The projects in a basket, in their order. */
export const chosen = (basket: Element): string[] =>
  [...(basket.shadowRoot?.querySelectorAll('[part=list] [part=link]') ?? [])].map((link) =>
    textOf(link).replace('Projet ', ''),
  );

export const status = (basket: Element): string => textOf(part(basket, 'status'));
export const said = (basket: Element): string => textOf(part(basket, 'basket'));

/** Presses a button of the basket by its name. */
export function pressIn(basket: Element, name: string): void {
  const found = allByRole(basket, 'button').filter((button) => nameOf(button) === name);
  if (found.length !== 1)
    throw new Error(`${found.length} called "${name}" among ${allByRole(basket, 'button').map(nameOf).join(', ')}`);
  found[0]?.click();
}

/** Notes what the page is told of the choices, until the test is over. */
export function basketChanges(): BasketChange[] {
  const changes: BasketChange[] = [];
  const note = ({ detail }: CustomEvent<BasketChange>): void => void changes.push(detail);
  beforeEach(() => {
    changes.length = 0;
    document.addEventListener('cap-basket-change', note);
  });
  afterEach(() => document.removeEventListener('cap-basket-change', note));
  return changes;
}

/** A hand-over page that answers as the test says. */
export interface HandoffWindow {
  /** The address that was opened last. */
  address: URLSearchParams | undefined;
  /** How many windows were opened. */
  opened: number;
  answer(votes: readonly object[], status?: 'done' | 'failed' | 'cancelled', more?: object): Promise<void>;
  close(): void;
}

/** Puts a window of a test's own in the place of the one that the hand-over opens. */
export function handoffWindow(page: TestPage): HandoffWindow {
  const open: unknown = Reflect.get(window, 'open');
  const frames: HTMLIFrameElement[] = [];
  let current: { closed: boolean; readonly source: Window | null } | undefined;
  const handoff: HandoffWindow = {
    address: undefined,
    opened: 0,
    async answer(votes, outcome = 'done', more = {}) {
      const state = this.address?.get('state');
      const data = { source: 'cap-widgets', state, status: outcome, signedIn: true, votes, results: [], ...more };
      const { origin } = new URL(page.platform.url);
      dispatchEvent(new MessageEvent('message', { origin, source: current?.source ?? null, data }));
      await nextTask();
    },
    close() {
      if (current) current.closed = true;
      page.clock.advance(1000);
    },
  };
  beforeEach(() => {
    handoff.opened = 0;
    window.open = (url?: string | URL) => {
      handoff.opened++;
      handoff.address = new URLSearchParams(new URL(String(url)).hash.slice(1));
      const frame = document.createElement('iframe');
      document.body.append(frame);
      frames.push(frame);
      const source = frame.contentWindow as Window;
      current = { closed: false, source };
      Object.defineProperty(source, 'closed', { get: () => current?.closed ?? true, configurable: true });
      return source;
    };
  });
  afterEach(() => {
    Reflect.set(window, 'open', open);
    for (const frame of frames.splice(0)) frame.remove();
  });
  return handoff;
}

/** What a hand-over page tells of a vote. */
export const vote = (proposalId: string, more: object = {}): object => ({
  proposalId,
  voted: true,
  count: 4,
  accounted: true,
  code: null,
  ...more,
});
