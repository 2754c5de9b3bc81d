import { Emitter } from '../core/emitter.js';
import { ApiError } from '../core/errors.js';
import { ofDocument } from '../page/document.js';
import { readViewer, type Viewer } from '../platform/voting/read.js';
import type { Resource } from './resource.js';
import type { Runtime } from './runtime.js';

export type { Viewer };

/** How often this page has been out of the visitor's sight, or without the focus: somebody may have signed in or out meanwhile. */
let absences = 0;
/** How often it had been when each platform was asked last who is signed in. */
const lookedAt = new WeakMap<Runtime, number>();

/** Who the visitor is to the platform. */
export const viewerOf = (runtime: Runtime, lang: string): Resource<Viewer> => {
  follow(runtime);
  const key = `viewer ${lang}`;
  const resource: Resource<Viewer> = runtime.share(key, async (platform, signal) => {
    const before = resource.state.data;
    const since = absences;
    const viewer = await readViewer(platform, { lang, signal });
    lookedAt.set(runtime, since);
    // Somebody has signed in or out: what was read for somebody else is read anew.
    if (before && (before.signedIn !== viewer.signedIn || before.id !== viewer.id)) refresh(runtime, key);
    return viewer;
  });
  return resource;
};

/**
 * Who is signed in, for an act: by a fresh reading where the page has been out of sight since the last one.
 *
 * @throws {ApiError} Why the platform does not say.
 */
export async function lookAgain(runtime: Runtime, lang: string): Promise<Viewer | undefined> {
  const resource = viewerOf(runtime, lang);
  if (lookedAt.get(runtime) === absences) return resource.state.data;
  await renew(resource);
  const { data, error } = resource.state;
  if (error) throw error;
  return data;
}

/**
 * Makes sure, right before an act, that whoever is signed in is still whom the page has shown.
 *
 * @param account - ID of whom it has shown when the visitor pressed.
 * @throws {ApiError} `unauthorized`: nobody is. `cancelled`: somebody else is, and nothing is sent.
 */
export async function sameViewer(runtime: Runtime, account: string | null, lang: string): Promise<void> {
  const viewer = await lookAgain(runtime, lang);
  if (viewer?.signedIn === false) throw new ApiError('unauthorized', 'the session has ended; nothing was sent');
  if (viewer?.id !== account) throw new AnotherAccount();
}

/** Somebody else is signed in by now: what was about to be sent in another name is not sent. */
export class AnotherAccount extends ApiError {
  constructor() {
    super('cancelled', 'somebody else is signed in; nothing was sent');
  }
}

/** What a page shows of its visitor is to go at once. */
export interface Wiping {
  readonly runtime: Runtime;
  /** He is done, and what is kept of him goes as well; otherwise it is only not known whether he is still here. */
  readonly done: boolean;
}

export const wiped = new Emitter<Wiping>();

/** Reads again whatever a vote, or a change of session, may have changed. */
export function refresh(runtime: Runtime, except?: string): void {
  for (const [key, resource] of runtime.resources) if (key !== except) void renew(resource);
}

/** Reads again, for sure: a reading that is under way may have begun before the change. */
export async function renew(resource: Resource<unknown>): Promise<void> {
  if (resource.state.loading) await resource.reload();
  await resource.reload();
}

/** Resources that say something of the visitor. */
const PERSONAL = /^(viewer|ballot|proposal) /;

let channel: BroadcastChannel | undefined;
const heard = new Set<Runtime>();

/** Has the site's pages in other tabs read again. */
export const tellTabs = ({ settings }: Runtime): void => tabs()?.postMessage({ platform: settings.platform });

/** Has the site's pages in other tabs forget the visitor, who is done. */
export const tellTabsToForget = ({ settings }: Runtime): void =>
  tabs()?.postMessage({ platform: settings.platform, forget: true });

/** The same page, or another of the site, in other tabs. */
function tabs(): BroadcastChannel | undefined {
  if (!channel && Object.hasOwn(globalThis, 'BroadcastChannel')) {
    channel = new BroadcastChannel('cap-widgets');
    channel.onmessage = ({ data }: MessageEvent<{ platform?: unknown; forget?: unknown } | null>) => {
      for (const runtime of heard) {
        if (runtime.settings.platform !== data?.platform) continue;
        if (data.forget === true) wiped.emit({ runtime, done: true });
        refresh(runtime);
      }
    };
  }
  return channel;
}

/** Follows what happens in other tabs, and to the session while the visitor is elsewhere. */
export function follow(runtime: Runtime): void {
  if (heard.has(runtime)) return;
  heard.add(runtime);
  tabs();
  addEventListener('blur', () => absences++);
  // A page that comes out of the browser's cache shows what it showed to whoever was here: that goes before anything is asked.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    absences++;
    if (runtime.settings.access === 'session')
      for (const [key, resource] of runtime.resources) if (PERSONAL.test(key)) resource.forget();
    wiped.emit({ runtime, done: false });
    refresh(runtime);
  });
  addEventListener(
    'visibilitychange',
    () => {
      absences++;
      if (ofDocument('hidden')) return;
      for (const [key, resource] of runtime.resources) if (key.startsWith('viewer')) void renew(resource);
    },
    true,
  );
}
