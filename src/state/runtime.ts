import type { Count, CountTarget, Metric } from '../domain/counts.js';
import type { Project } from '../domain/project.js';
import { Client } from '../platform/client.js';
import type { Settings } from '../platform/settings.js';
import { Resource } from './resource.js';

/** All that the elements of one platform share on a page. */
export class Runtime {
  readonly #client: Client;
  readonly #resources = new Map<string, Resource<unknown>>();

  constructor(readonly settings: Settings) {
    this.#client = new Client(settings);
    globalThis.window?.addEventListener('online', () => this.#retry());
  }

  /** A project; null when there is none, or this visitor may not see it. */
  project(id: string, lang: string): Resource<Project | null> {
    return this.#share(`project ${lang} ${id}`, (signal) => this.#client.project(id, { lang, signal }));
  }

  /** A number of an object; null as for a project. */
  count(target: CountTarget, metric: Metric, lang: string): Resource<Count | null> {
    return this.#share(`count ${lang} ${target.kind} ${metric} ${target.id}`, (signal) =>
      this.#client.count(target, metric, { lang, signal }),
    );
  }

  #share<T>(key: string, read: (signal: AbortSignal) => Promise<T>): Resource<T> {
    let resource = this.#resources.get(key);
    if (!resource) {
      resource = new Resource(read, () => this.#resources.delete(key));
      this.#resources.set(key, resource);
    }
    // One key, one kind of reading.
    return resource as Resource<T>;
  }

  /** The network is back: read what failed without it. */
  #retry(): void {
    for (const resource of this.#resources.values()) if (resource.state.error?.retryable) void resource.reload();
  }
}

const runtimes = new Map<string, Runtime>();

/** The one runtime for these settings, whoever asks. */
export function runtimeFor(settings: Settings): Runtime {
  const key = JSON.stringify(Object.entries(settings).sort());
  let runtime = runtimes.get(key);
  if (!runtime) runtimes.set(key, (runtime = new Runtime(settings)));
  return runtime;
}
