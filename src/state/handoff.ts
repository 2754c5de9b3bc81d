import { clock } from '../core/clock.js';
import { Emitter } from '../core/emitter.js';
import { ApiError } from '../core/errors.js';
import {
  askFor,
  hashOf,
  isReady,
  resultFrom,
  windowName,
  type HandoffOutcome,
  type HandoffResult,
  type HandoffWish,
} from '../domain/handoff.js';
import { ofDocument } from '../page/document.js';
import { isAlive, keepAsked, LIFETIME, readAsked, takeFragment, type Asked, type Fragment } from './asked.js';
import { framed } from './frame.js';
import type { Runtime } from './runtime.js';
import { renew, tellTabs, type Of } from './viewer.js';

export type {
  HandoffAction,
  HandoffOutcome,
  HandoffRecord,
  HandoffResult,
  HandoffVote,
  HandoffWish,
} from '../domain/handoff.js';

const FEATURES = 'popup,width=640,height=760';
/** Between two looks at whether the visitor has closed the window: no event says so. */
const LOOK = 300;
/** A page that is still there after this long has not been left. */
const LEAVING = 10_000;

/** A hand-over that this page may be answered. */
interface Held extends Asked {
  /** The request as the hand-over page's address has it; empty when the page was loaded again since. */
  readonly request: string;
  /** Null when it is not known any more: in another page's memory, or this very tab. */
  readonly window: Window | null;
  answered: boolean;
  forgets: boolean;
  /** Ends the promise of whoever began it, while that is open. */
  settle: ((outcome: HandoffOutcome) => void) | null;
  /** Says that nobody knows what has become of it. */
  doubt: () => void;
}

/** What has become of a hand-over for which no promise waits: it was begun before the page was loaded, or given up. */
export interface Return {
  readonly wish: HandoffWish;
  /** `unknown` as long as there is no answer. One that came by the address says nothing of single votes. */
  readonly outcome: HandoffOutcome;
}

const held = new Map<string, Held>();
const returns = new Map<string, Return & { readonly platform: string }>();
const returning = new Emitter<Return & { readonly platform: string }>();
const forgetting = new Emitter<string>();

/** Address of the hand-over page; null where the page has none configured. */
function handoffPage({ settings: { handoff, platform } }: Runtime): URL | null {
  try {
    const url = new URL(handoff || 'none:', `${platform}/`);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** Whether acts of this page can be handed over: a hand-over page is configured, and no other origin's page is around this one. */
export const canHandOver = (runtime: Runtime): boolean => handoffPage(runtime) !== null && !framed();

/** 128 bits that nobody can guess. */
const secret = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Has the visitor carry out an act on the platform's own page, in a window of its own, or in this one where windows are
 * blocked. To be called within the click: browsers open no window later.
 *
 * Resolves once: with the answer of that page, whenever it comes, or as `unknown` when none has come for ten minutes, or when
 * another hand-over about the same takes its place. What the page shows is read again then. An answer that comes after that
 * is told by `returned`.
 *
 * @param onUnknown - Called at most once, while an answer may still come: the window seems to be gone, or the visitor has come
 * back without an answer. Neither proves anything.
 * @throws {ApiError} `popup-blocked`: the platform's page can be opened in no way.
 */
export async function handOver(
  runtime: Runtime,
  wish: HandoffWish,
  onUnknown: () => void = () => undefined,
): Promise<HandoffOutcome> {
  const page = handoffPage(runtime);
  if (!page || framed()) throw new ApiError('popup-blocked', page ? 'in a frame' : 'no hand-over page is configured');
  comeBack();
  const state = secret();
  const request = hashOf({ ...wish, state, origin: location.origin, returnUrl: location.href });
  page.hash = request;
  for (const [key, old] of held) if (!isAlive(old)) held.delete(key);
  const opened = window.open(page.href, windowName(state), FEATURES);
  // Some blockers give back a window that they have closed already.
  const there = opened?.closed === false ? opened : null;
  for (const other of held.values()) if (other.settle && isAbout(other.wish, wish)) other.settle(UNKNOWN);
  return new Promise((resolve, reject) => {
    const cancelEnd = clock.after(LIFETIME, () => entry.settle?.(UNKNOWN));
    const entry: Held = {
      ...{ platform: runtime.settings.platform, page: page.origin, state, wish, request, window: there },
      ...{ hash: location.hash, at: clock.now(), answered: false, forgets: false },
      settle: (outcome) => {
        entry.settle = null;
        cancelEnd();
        stop();
        void readAgain(runtime);
        if (outcome.status !== 'unknown') tellTabs(runtime);
        resolve(outcome);
      },
      doubt: () => {
        entry.doubt = () => undefined;
        void readAgain(runtime);
        onReturn(runtime);
        onUnknown();
      },
    };
    held.set(state, entry);
    // Not before the window is there: it would get a copy of what this tab keeps.
    keepAsked(entry);
    const stop = there
      ? watch(there, entry)
      : leaveFor(page, entry, () => {
          held.delete(state);
          keepAsked({ ...entry, answered: true });
          cancelEnd();
          reject(new ApiError('popup-blocked', 'the page was not left'));
        });
  });
}

const UNKNOWN: HandoffOutcome = { status: 'unknown', signedIn: false, votes: [], results: [] };

/** Whether one act takes the place of another. */
const isAbout = (one: HandoffWish, other: HandoffWish): boolean =>
  one.stepId === other.stepId &&
  (!one.stepId ||
    [one.action, other.action].includes('ballot') ||
    one.proposalIds.some((id) => other.proposalIds.includes(id)));

/** Follows whether a window is still there, until the returned function is called. */
function watch(opened: Window, entry: Held): () => void {
  let wasClosed = false;
  let cancel: () => void;
  const look = (): void => {
    // What a window has posted may arrive after it is gone: one more look.
    if (wasClosed) entry.doubt();
    else {
      wasClosed = opened.closed;
      cancel = clock.after(LOOK, look);
    }
  };
  cancel = clock.after(LOOK, look);
  return () => cancel();
}

/** Goes to the hand-over page in this window, which it leaves again for this page. */
function leaveFor(page: URL, entry: Held, onStay: () => void): () => void {
  const cancel = clock.after(LEAVING, () => {
    stop();
    onStay();
  });
  // Coming back may find this very page as it was left, with a promise that is still open.
  const onShow = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) return;
    stop();
    entry.doubt();
  };
  const stop = (): void => {
    removeEventListener('pageshow', onShow);
    cancel();
  };
  addEventListener('pageshow', onShow);
  location.assign(page);
  return stop;
}

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

/**
 * Tells of hand-overs for which no promise waits, those that have come back already included, until the returned function is
 * called. Of one hand-over it may tell twice: that nobody knows, and then what has become of it. To be called by whatever can
 * hand over, once its page is there: it also takes what such a window has left in the address.
 */
export function returned(runtime: Runtime, listener: (back: Return) => void): () => void {
  comeBack();
  const own = ({ platform, ...back }: Return & { readonly platform: string }): void => {
    if (platform === runtime.settings.platform) listener(back);
  };
  for (const back of returns.values()) own(back);
  return returning.on(own);
}

/** Calls back when the visitor has said on the hand-over page that he is done here, until the returned function is called. */
export const onForget = ({ settings }: Of, listener: () => void): (() => void) =>
  forgetting.on((platform) => {
    if (platform === settings.platform) listener();
  });

let channel: BroadcastChannel | undefined;
let listens = false;

/** Takes up what this tab has asked for before this page was loaded, and what the address says of it. */
function comeBack(): void {
  if (!listens) {
    listens = true;
    addEventListener('message', onMessage);
    addEventListener('hashchange', onFragment);
    if ('BroadcastChannel' in globalThis) {
      channel = new BroadcastChannel('cap-widgets:handoff');
      channel.onmessage = ({ data }: MessageEvent<Fragment>) => hear(data);
    }
    for (const asked of readAsked()) {
      const entry: Held = {
        ...asked,
        ...{ request: '', window: null, forgets: false, settle: null, doubt: () => undefined },
      };
      held.set(asked.state, entry);
      if (!asked.answered) tell(entry, UNKNOWN);
    }
  }
  onFragment();
}

function onFragment(): void {
  const fragment = takeFragment((state) => held.get(state)?.hash);
  if (!fragment) return;
  channel?.postMessage(fragment);
  hear(fragment);
}

/** Only a page that holds the secret believes what stood in an address. */
function hear(fragment: Fragment): void {
  const entry = held.get(fragment.state);
  if (!entry) return;
  const { action } = entry.wish;
  const isDone = fragment.status === 'done';
  take(entry, {
    status: fragment.status,
    signedIn: isDone && action !== 'leave',
    votes: [],
    results: [],
    ...(isDone && action === 'leave' && { forget: true }),
  });
}

function onMessage({ origin, source, data }: MessageEvent): void {
  for (const entry of held.values()) {
    if (origin !== entry.page || (entry.window && source !== entry.window)) continue;
    // Whoever has lost the window cannot vouch for it.
    if (entry.window && isReady(data, entry.state)) entry.window.postMessage(askFor(entry), entry.page);
    const result = resultFrom(data, entry.state);
    if (result) take(entry, result);
  }
}

/** A request is answered once; after that it is only heard whether the visitor has said that he is done. */
function take(entry: Held, result: HandoffResult): void {
  if (!isAlive(entry)) return;
  const isFirst = !entry.answered;
  entry.answered = true;
  keepAsked(entry);
  if (isFirst && entry.settle) entry.settle(result);
  else if (isFirst) tell(entry, result);
  if (!result.forget || entry.forgets) return;
  entry.forgets = true;
  forgetting.emit(entry.platform);
}

function tell({ platform, state, wish }: Held, outcome: HandoffOutcome): void {
  const back = { platform, wish, outcome };
  returns.set(state, back);
  returning.emit(back);
}
