import { Emitter } from '../core/emitter.js';
import { ApiError } from '../core/errors.js';
import { ofDocument } from '../page/document.js';
import { readViewer, type Viewer } from '../platform/ballot/read.js';
import type { Resource } from './resource.js';
import type { Runtime } from './runtime.js';

export type { Viewer };

/** How often this page has been out of the visitor's sight, or without the focus: somebody may have signed in or out meanwhile. */
let absences = 0;
/** How often it had been when each platform that is followed was asked last who is signed in. */
const lookedAt = new WeakMap<Runtime, number>();
const NEVER = -1;

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

/** Whatever shows something of a platform. */
export type Of = Pick<Runtime, 'settings'>;

/** What a page shows of a platform's visitor is to go at once. */
export interface Wiping {
  readonly runtime: Of;
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
let listens = false;
/** The runtimes that show something of the visitor, for as long as anything uses them. */
const followed = new Set<WeakRef<Runtime>>();
const gone = new FinalizationRegistry<WeakRef<Runtime>>((runtime) => {
  followed.delete(runtime);
  if (followed.size) return;
  channel?.close();
  channel = undefined;
});

/** Has the site's pages in other tabs read again. */
export const tellTabs = ({ settings }: Of): void => tabs()?.postMessage({ platform: settings.platform });

/** Has the site's pages in other tabs forget the visitor, who is done. */
export const tellTabsToForget = ({ settings }: Of): void =>
  tabs()?.postMessage({ platform: settings.platform, forget: true });

/** The same page, or another of the site, in other tabs. */
function tabs(): BroadcastChannel | undefined {
  if (!channel && Object.hasOwn(globalThis, 'BroadcastChannel')) {
    channel = new BroadcastChannel('cap-widgets');
    channel.onmessage = ({ data }: MessageEvent<{ platform?: unknown; forget?: unknown } | null>) => {
      for (const runtime of live()) {
        if (runtime.settings.platform !== data?.platform) continue;
        if (data.forget === true) wiped.emit({ runtime, done: true });
        refresh(runtime);
      }
    };
  }
  return channel;
}

const live = (): Runtime[] => [...followed].flatMap((runtime) => runtime.deref() ?? []);

/** Follows what happens in other tabs, and to the session while the visitor is elsewhere. */
export function follow(runtime: Runtime): void {
  if (lookedAt.has(runtime)) return;
  lookedAt.set(runtime, NEVER);
  const ref = new WeakRef(runtime);
  followed.add(ref);
  gone.register(runtime, ref);
  tabs();
  if (!listens) listen();
  listens = true;
}

/** Once for the page: what is followed comes and goes. */
function listen(): void {
  addEventListener('blur', () => absences++);
  // A page that comes out of the browser's cache shows what it showed to whoever was here: that goes before anything is asked.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    absences++;
    for (const runtime of live()) {
      if (runtime.settings.access === 'session')
        for (const [key, resource] of runtime.resources) if (PERSONAL.test(key)) resource.forget();
      wiped.emit({ runtime, done: false });
      refresh(runtime);
    }
  });
  addEventListener(
    'visibilitychange',
    () => {
      absences++;
      if (ofDocument('hidden')) return;
      for (const { resources } of live())
        for (const [key, resource] of resources) if (key.startsWith('viewer')) void renew(resource);
    },
    true,
  );
}
