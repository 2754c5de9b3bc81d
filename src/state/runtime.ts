import { Platform } from '../platform/platform.js';
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
    // The network is back: read what failed without it.
    globalThis.window?.addEventListener('online', () => {
      for (const resource of this.resources.values()) if (resource.state.error) void resource.reload();
    });
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

const runtimes: Record<string, Runtime> = {};

/**
 * The one runtime for these settings, whoever asks. In a page that another origin frames nothing acts and nothing personal is
 * shown: there it reads anonymously, and every act is a link.
 */
export const runtimeFor = (settings: Settings): Runtime =>
  (runtimes[Object.values(settings).join()] ??= new Runtime(
    framed() ? { ...settings, access: 'public', handoff: '' } : settings,
  ));
