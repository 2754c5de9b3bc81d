import { clock } from '../core/clock.js';
import { ApiError } from '../core/errors.js';
import { hashOf, resultFrom, windowName, type HandoffResult, type HandoffWish } from '../domain/handoff.js';
import { ofDocument } from '../page/document.js';
import type { Runtime } from './runtime.js';
import { renew, tellTabs } from './voting.js';

export type { HandoffAction, HandoffResult, HandoffVote, HandoffWish } from '../domain/handoff.js';

const FEATURES = 'popup,width=640,height=760';
/** Between two looks at whether the visitor has closed the window: no event says so. */
const LOOK = 300;
/** A page that is still there after this long has not been left. */
const LEAVING = 10_000;

/** Address of the hand-over page; null where the page has none configured. */
function handoffPage({ settings: { handoff, platform } }: Runtime): URL | null {
  try {
    const url = new URL(handoff || 'none:', `${platform}/`);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** Whether the page has a hand-over page configured. */
export const canHandOver = (runtime: Runtime): boolean => handoffPage(runtime) !== null;

/** 128 bits that nobody can guess. */
const secret = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Has the visitor carry out an act on the platform's own page, in a window of its own, or in this one where windows are
 * blocked. To be called within the click: browsers open no window later.
 *
 * Resolves once: with the answer of that page, or as cancelled when the window is closed or the visitor has come back.
 * By then, what the page shows has been read again, or is being read.
 *
 * @throws {ApiError} `popup-blocked`: the platform's page can be opened in no way.
 */
export async function handOver(runtime: Runtime, wish: HandoffWish): Promise<HandoffResult> {
  const page = handoffPage(runtime);
  if (!page) throw new ApiError('popup-blocked', 'no hand-over page is configured');
  const state = secret();
  page.hash = hashOf({ ...wish, state, origin: location.origin, returnUrl: location.href });
  const opened = window.open(page.href, windowName(state), FEATURES);
  // Some blockers give back a window that they have closed already.
  if (!opened || opened.closed) return goThere(page, runtime);
  return new Promise((resolve) => {
    let cancelLook: () => void;
    let wasClosed = false;
    const finish = (result: HandoffResult): void => {
      removeEventListener('message', onMessage);
      cancelLook();
      resolve(result);
    };
    const onMessage = ({ origin, source, data }: MessageEvent): void => {
      if (origin !== page.origin || source !== opened) return;
      const result = resultFrom(data, state);
      if (!result) return;
      void readAgain(runtime);
      tellTabs(runtime);
      finish(result);
    };
    const look = (): void => {
      // What a window has posted may arrive after it is gone: one more look, and it is lost.
      if (wasClosed) {
        onReturn(runtime);
        void readAgain(runtime).then(() => finish(CANCELLED));
        return;
      }
      wasClosed = opened.closed;
      cancelLook = clock.after(LOOK, look);
    };
    addEventListener('message', onMessage);
    cancelLook = clock.after(LOOK, look);
  });
}

const CANCELLED: HandoffResult = { status: 'cancelled', signedIn: false, votes: [] };

const readAgain = (runtime: Runtime): Promise<unknown> => Promise.all([...runtime.resources.values()].map(renew));

/** A window that seems closed may have been cut off from this page by its headers, and go on: when the visitor is back, all is read anew. */
function onReturn(runtime: Runtime): void {
  const controller = new AbortController();
  const { signal } = controller;
  const read = (): void => {
    if (ofDocument('hidden')) return;
    controller.abort();
    void readAgain(runtime);
  };
  addEventListener('focus', read, { signal });
  addEventListener('visibilitychange', read, { signal, capture: true });
}

/** Goes to the hand-over page in this window, which it leaves again for this page. */
function goThere(page: URL, runtime: Runtime): Promise<HandoffResult> {
  // In a frame the platform's page would not show itself.
  if (window.top !== window) return Promise.reject(new ApiError('popup-blocked', 'in a frame'));
  return new Promise((resolve, reject) => {
    const cancel = clock.after(LEAVING, () => {
      removeEventListener('pageshow', onShow);
      reject(new ApiError('popup-blocked', 'the page was not left'));
    });
    // Coming back may find this very page as it was left, with a promise that is still open.
    const onShow = ({ persisted }: PageTransitionEvent): void => {
      if (!persisted) return;
      removeEventListener('pageshow', onShow);
      cancel();
      void readAgain(runtime).then(() => resolve(CANCELLED));
    };
    addEventListener('pageshow', onShow);
    location.assign(page);
  });
}
