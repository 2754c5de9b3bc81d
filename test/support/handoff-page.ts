/** The hand-over page as a test sees it: asked by a page of the city, before somebody's eyes. */
import '../../src/elements/handoff/define.js';
import { hashOf, type HandoffRequest } from '../../src/domain/handoff.js';
import { configure } from '../../src/state/page-settings.js';
import { inState, inTime, mount, testPage, type TestPage, type Widget } from './page.js';
import { openVote, votable } from './voting-fixtures.js';

export const CITY = 'https://www.valmont.example';
export const state = '0123456789abcdef0123456789abcdef';

/** What the page has posted, and to which origin alone. */
export interface Posted {
  readonly message: Readonly<Record<string, unknown>>;
  readonly origin: string;
}

export interface HandoffPage {
  readonly page: TestPage;
  /** What the page that asked has been told, but for « ready ». */
  readonly told: readonly Posted[];
  /** All that it was posted. */
  readonly posted: readonly Posted[];
  /** The window of the page that asked. */
  readonly opener: () => Window;
  /** Answers « ready » with the request as the address has it, as a widget of the city does; or not. */
  vouches: boolean;
  /** Writes a request into the address. */
  ask: (fields?: Partial<HandoffRequest>) => void;
  /** Says that just this is asked for. */
  vouch: (fields?: { readonly request?: string; readonly origin?: string; readonly source?: Window }) => void;
  open: (fields?: Partial<HandoffRequest>, allow?: string) => Widget;
  /** A page whose button takes presses. */
  confirmable: (fields?: Partial<HandoffRequest>) => Promise<Widget>;
  /** Waits until the button takes presses. */
  armed: (element: Element) => Promise<void>;
}

const KEYS = ['cap-widgets:handoff', 'cap-widgets:waiting'];

/** Gives every test of the suite around it a hand-over page. */
export function handoffPage(): HandoffPage {
  const page = testPage();
  const posted: Posted[] = [];
  const told: Posted[] = [];
  let frame: HTMLIFrameElement;

  const visit: HandoffPage = {
    ...{ page, told, posted, vouches: true },
    opener: () => {
      if (!frame.contentWindow) throw new Error('The page that asks is gone.');
      return frame.contentWindow;
    },
    ask: (fields) => {
      const request: HandoffRequest = {
        action: 'vote',
        stepId: 'vote',
        proposalIds: ['guinguette'],
        state,
        origin: CITY,
        returnUrl: `${CITY}/budget`,
        ...fields,
      };
      history.replaceState(null, '', `#${hashOf(request)}`);
    },
    vouch: ({ request = location.hash.slice(1), origin = CITY, source = visit.opener() } = {}) => {
      const own = new URLSearchParams(request).get('state');
      const data = { source: 'cap-widgets', type: 'ask', state: own, request };
      dispatchEvent(new MessageEvent('message', { data, origin, source }));
    },
    open: (fields, allow = CITY) => {
      visit.ask(fields);
      return mount(`<cap-handoff allow="${allow}"><a href="/">La plateforme</a></cap-handoff>`, 'cap-handoff');
    },
    confirmable: async (fields) => {
      const element = visit.open(fields);
      await inState(element, 'confirm');
      await visit.armed(element);
      return element;
    },
    armed: (element) =>
      inTime(
        page.clock,
        () => {
          const button = element.shadowRoot?.querySelector('button.main');
          // As a visitor does: what is below the window's edge has not been seen.
          button?.scrollIntoView({ block: 'end' });
          return button?.hasAttribute('aria-disabled') === false;
        },
        'the button takes no presses',
      ),
  };

  beforeEach(() => {
    posted.length = told.length = 0;
    visit.vouches = true;
    for (const key of KEYS) sessionStorage.removeItem(key);
    openVote(page.platform);
    page.platform.put(votable('jardin', 12), votable('frigos', 8));
    configure({ platform: page.platform.url, access: 'session' });
    frame = document.createElement('iframe');
    frame.hidden = true;
    document.body.append(frame);
    const opener = visit.opener();
    opener.postMessage = (message: Posted['message'], origin: unknown) => {
      posted.push({ message, origin: String(origin) });
      if (message['type'] !== 'ready') told.push({ message, origin: String(origin) });
      else if (visit.vouches) queueMicrotask(() => visit.vouch());
    };
    window.opener = opener;
  });
  afterEach(() => {
    window.opener = null;
    frame.remove();
    for (const key of KEYS) sessionStorage.removeItem(key);
    history.replaceState(null, '', location.pathname + location.search);
  });
  return visit;
}
