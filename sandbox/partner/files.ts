import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { StoredRecord, SyncReport } from '../../src/sync/api.js';
import type { Api } from '../platform/api.js';
import type { Store } from '../platform/store.js';
import type { FileLink } from './list-pages.js';

const PREVIEW = 'application/vnd.cap-collectif.preview+json';

/**
 * The platform without a network between. The log of its requests is for what browsers send, which tests count.
 */
function directly(api: Api): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    const form = new URLSearchParams(typeof init?.body === 'string' ? init.body : '');
    const { status, body } = await api.execute({
      endpoint: url.pathname.endsWith('/internal')
        ? 'internal'
        : headers.get('Accept') === PREVIEW
          ? 'preview'
          : 'public',
      query: form.get('query') ?? '',
      variables: JSON.parse(form.get('variables') ?? '{}') as Record<string, unknown>,
    });
    return Response.json(body, { status });
  };
}

export interface PartnerFilesOptions {
  readonly platform: string;
  readonly store: Store;
  readonly api: Api;
  /** Folder to keep the files in; without it, they go when the sandbox does. */
  readonly data?: string | undefined;
}

/** What the partner has of the platform: the files that `cap-widgets sync` writes, as a nightly job would. */
export class PartnerFiles {
  readonly #options: PartnerFilesOptions;
  #filled: Promise<SyncReport> | undefined;
  #last = Promise.resolve();
  #folder: string | undefined;

  constructor(options: PartnerFilesOptions) {
    this.#options = options;
    options.store.onReset(() => (this.#filled = undefined));
  }

  /** Where they are. */
  get folder(): string {
    const { data } = this.#options;
    return (this.#folder ??=
      data === undefined ? mkdtempSync(join(tmpdir(), 'cap-widgets-partner-')) : join(data, 'partner'));
  }

  /** Fills them, unless that was done since the last reset: the first visitor waits for it, and no start of a sandbox does. */
  fill(): Promise<SyncReport> {
    return (this.#filled ??= this.update());
  }

  /** Brings them in step with the platform. */
  update(): Promise<SyncReport> {
    const { platform, api } = this.#options;
    // One after the other: two runs at once would refuse each other.
    const run = this.#last.then(async () => {
      const { sync } = await import('../../src/sync/api.js');
      return sync({ platform, out: this.folder, fetch: directly(api) });
    });
    this.#last = run.then(
      () => undefined,
      () => undefined,
    );
    return run;
  }

  /** The objects of a collection that are there. */
  read(collection: 'projects' | 'events'): StoredRecord[] {
    return readFileSync(join(this.folder, `${collection}.ndjson`), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as StoredRecord)
      .filter(({ deleted }) => !deleted);
  }

  /** The files, as the list of them all describes them. */
  list(): readonly FileLink[] {
    const list = JSON.parse(readFileSync(join(this.folder, 'datapackage.json'), 'utf8')) as { resources: FileLink[] };
    return list.resources;
  }

  /** Waits for a run that is at work, and takes away what nobody asked to keep. */
  async close(): Promise<void> {
    await this.#last;
    if (this.#folder !== undefined && this.#options.data === undefined)
      rmSync(this.#folder, { recursive: true, force: true });
  }
}
