import { Platform } from '../platform/endpoints.js';
import type { Settings } from '../platform/settings.js';
import { framed } from './frame.js';
import { Resource } from './resource.js';

/** All that the elements of one platform share on a page. */
export class Runtime {
  /** Where the platform is asked, and how. */
  readonly platform: Platform;
  /** What is being followed, by its key. */
  readonly resources = new Map<string, Resource<unknown>>();
  /** Ballots that are filled in on this page, by their step. */
  readonly drafts = new Map<string, { readonly draft: unknown }>();

  constructor(readonly settings: Settings) {
    this.platform = new Platform(settings);
  }

  /**
   * What elements with the same wish follow together, read once for all.
   *
   * @param key - Names the wish; one key stands for one kind of reading.
   */
  share<T>(key: string, read: (platform: Platform, signal: AbortSignal) => Promise<T>): Resource<T> {
    let resource = this.resources.get(key) as Resource<T> | undefined;
    if (!resource) {
      resource = new Resource(
        (signal) => read(this.platform, signal),
        () => this.resources.delete(key),
      );
      this.resources.set(key, resource);
    }
    return resource;
  }
}

/** One for all who say the same. It goes with the last page, `<cap-platform>`, element or act that uses it. */
const runtimes: Record<string, WeakRef<Runtime>> = {};
const used = new WeakMap<Settings, Runtime>();

/**
 * The one runtime for these settings, whoever asks. In a page that another origin frames nothing acts and nothing personal is
 * shown: there it reads anonymously, and every act is a link.
 */
export function runtimeFor(settings: Settings): Runtime {
  let runtime = used.get(settings);
  if (!runtime) {
    const key = Object.values(settings).join();
    runtime =
      runtimes[key]?.deref() ?? new Runtime(framed() ? { ...settings, access: 'public', handoff: '' } : settings);
    runtimes[key] = new WeakRef(runtime);
    used.set(settings, runtime);
  }
  return runtime;
}
