import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createCitySite } from './city/site.js';
import { openLoopbackSite, type LoopbackSite } from './loopback.js';
import { createPartnerSite } from './partner/site.js';
import { createApi, type Api } from './platform/api.js';
import { createPlatformSite } from './platform/http/site.js';
import { openStore, type Store } from './platform/store.js';

export interface SandboxOptions {
  /** The city's port; the platform and the partner take the two that follow. 0 takes three free ports. */
  port?: number | undefined;
  /** Origins that the platform's CORS names with credentials. The stock platform names none. */
  allowOrigins?: readonly string[] | undefined;
  /** Folder to keep the database in; without it the database lives in memory. */
  data?: string | undefined;
  /** Folder of the built widgets, from the project's root. */
  bundle?: string | undefined;
}

export interface Sandbox {
  /** The three sites, without a trailing slash. */
  readonly city: string;
  readonly platform: string;
  readonly partner: string;
  readonly store: Store;
  readonly api: Api;
  stop(): Promise<void>;
  /** The platform dies: connections break, its data stays. */
  stopPlatform(): Promise<void>;
  startPlatform(): Promise<void>;
}

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** Opens three sites, or none. */
async function openSites(port: number): Promise<[city: LoopbackSite, platform: LoopbackSite, partner: LoopbackSite]> {
  const opened: LoopbackSite[] = [];
  const open = async (offset: number): Promise<LoopbackSite> => {
    const site = await openLoopbackSite(port === 0 ? 0 : port + offset);
    opened.push(site);
    return site;
  };
  try {
    return [await open(0), await open(1), await open(2)];
  } catch (error) {
    await Promise.all(opened.map((site) => site.close()));
    throw error;
  }
}

/** Starts the platform, a city's site that embeds its widgets, and a partner's site. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 4400, allowOrigins = [], data, bundle = 'dist/cdn' } = options;
  const [city, platform, partner] = await openSites(port);
  const sites = [city, platform, partner];
  try {
    const store = openStore({ baseUrl: platform.url, ...(data === undefined ? {} : { data }) });
    // What the platform masks for its visitors is for whoever runs the sandbox to see.
    const api = createApi(store, console.error);
    platform.serve(createPlatformSite({ store, api, allowOrigins, bundle: resolve(PROJECT, bundle) }));
    city.serve(
      createCitySite({ platform: platform.url, platformPort: platform.port, partner: partner.url, store, api }),
    );
    partner.serve(createPartnerSite({ platform: platform.url, city: city.url, store, api }));
    const stop = async (): Promise<void> => {
      await Promise.all(sites.map((site) => site.close()));
      store.close();
    };
    let stopping: Promise<void> | undefined;
    return {
      city: city.url,
      platform: platform.url,
      partner: partner.url,
      store,
      api,
      stopPlatform: () => platform.close(),
      startPlatform: () => platform.reopen(),
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    await Promise.all(sites.map((site) => site.close()));
    throw error;
  }
}
