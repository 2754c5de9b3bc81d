/** How the tests of voting see the button: as a visitor who may vote, on a page with the platform's session. */
import '../../src/elements/vote-button/define.js';
// What the first press would wait for, here and not in whichever test presses first.
import '../../src/elements/vote-button/vote-button.press.js';
import type { VoteChange } from '../../src/state/ballot.js';
import { configure } from '../../src/state/page-settings.js';
import { inState, mount, nextTask, until, type TestPage, type Widget } from './page.js';
import { allByRole, part, textOf } from './perceive.js';
import { openVote } from './voting-fixtures.js';

export const TAG = 'cap-vote-button';
export const DRAFT = 'cap-widgets:draft';
export const ACT = /mutation/;

export const voteButton = (attributes = 'proposal-id="guinguette" step-id="vote"'): string =>
  `<${TAG} ${attributes}><a href="https://participez.valmont.example/guinguette">La guinguette</a></${TAG}>`;

/** Has the page's widgets use the visitor's session. */
export const inSession = (page: TestPage, more: object = {}): void =>
  configure({ platform: page.platform.url, access: 'session', ...more });

/** A button that is on screen, for a visitor who is signed in, in a step that is open. */
export async function shownButton(
  page: TestPage,
  step: Readonly<Record<string, unknown>> = {},
  proposal: Readonly<Record<string, unknown>> = {},
  attributes?: string,
): Promise<Widget> {
  openVote(page.platform, step, proposal);
  inSession(page);
  return shown(attributes);
}

export async function shown(attributes?: string, state = 'ready'): Promise<Widget> {
  const element = mount(voteButton(attributes), TAG);
  await inState(element, state);
  return element;
}

export const control = (element: Element): HTMLElement => part(element, 'button');
export const message = (element: Element): string => {
  const found = element.shadowRoot?.querySelector('[part="message"]');
  return found ? textOf(found) : '';
};
export const count = (element: Element): string => textOf(part(element, 'count'));
export const pressed = (element: Element): string | null => control(element).getAttribute('aria-pressed');

/** Presses the button and waits until that is done. */
export async function press(element: Widget): Promise<void> {
  control(element).click();
  await nextTask();
  await done(element);
}

/** Waits until no act is under way. */
export const done = (element: Element): Promise<void> =>
  until(() => !element.matches(':state(pending)'), 'the act does not end');

/** One tab stop is all that there is. */
export const stops = (element: Element): HTMLElement[] => [
  ...allByRole(element, 'button'),
  ...allByRole(element, 'link'),
];

/** A storage of a test's own: test files that run at the same time share the browser's. */
class OwnStorage extends Map<string, string> {
  get length(): number {
    return this.size;
  }
  key(index: number): string | null {
    return [...this.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.set(key, value);
  }
  removeItem(key: string): void {
    this.delete(key);
  }
}
const realStorage = Object.getOwnPropertyDescriptor(window, 'localStorage') ?? {};

/** What the page is to be told of a vote: in the form of all votes, and in that of proposals. */
export const change = (id: string, voted: boolean, count: number | null, accounted = voted): object => ({
  ...{ kind: 'proposal', id, value: voted ? 'for' : null, counts: count === null ? null : { for: count }, accounted },
  ...{ proposalId: id, stepId: 'vote', voted, count },
});

/** Notes what the page is told of votes, until the test is over. */
export function voteChanges(): VoteChange[] {
  const changes: VoteChange[] = [];
  const note = ({ detail }: CustomEvent<VoteChange>): void => void changes.push(detail);
  beforeEach(() => {
    changes.length = 0;
    Object.defineProperty(window, 'localStorage', { value: new OwnStorage(), configurable: true });
    document.addEventListener('cap-vote-change', note);
  });
  afterEach(() => {
    document.removeEventListener('cap-vote-change', note);
    Object.defineProperty(window, 'localStorage', realStorage);
  });
  return changes;
}

/** The visitor has signed in, here or elsewhere, and is back. */
export async function comesBack(page: TestPage): Promise<void> {
  page.platform.signIn();
  document.dispatchEvent(new Event('visibilitychange'));
  await nextTask();
}

/** The ways to sign in that a button shows. */
export const promptIn = (element: Element): Element | null | undefined =>
  element.shadowRoot?.querySelector('cap-login-prompt');
