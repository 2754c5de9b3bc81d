import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { MostPerMinute } from './city/gateway/limits.js';
import { createCitySite } from './city/site.js';
import { createIdentitySite } from './identity/site.js';
import { newClients } from './identity/provider.js';
import { openLoopbackSite, type LoopbackSite } from './loopback.js';
import { PartnerFiles } from './partner/files.js';
import { createPartnerSite } from './partner/site.js';
import { createApi, type Api } from './platform/api.js';
import { createPlatformSite } from './platform/http/site.js';
import { openStore, type Store, type StoreOptions } from './platform/store.js';

export interface SandboxOptions {
  /** The city's port; the platform, the partner and the identity service take those that follow. 0 takes free ones. */
  port?: number | undefined;
  /** Origins that the platform's CORS names with credentials. The stock platform names none. */
  allowOrigins?: readonly string[] | undefined;
  /** Origins that the hand-over page serves, and no others. The city's and the partner's, by both their names. */
  handoffAllow?: readonly string[] | undefined;
  /** Folder to keep the database in; without it the database lives in memory. */
  data?: string | undefined;
  /** What to add to the seed, for whoever measures: tens of thousands of rows take some seconds. */
  bulk?: StoreOptions['bulk'];
  /** How many projects a list reaches. The stock platform's end at 1000. */
  mostProjects?: number | undefined;
  /** Milliseconds by which lists of events are behind what was added. */
  indexLag?: number | undefined;
  /** How often one address may sign in and act by the city's gateway in a minute. A reset forgets what was counted. */
  gatewayLimits?: MostPerMinute | undefined;
  /** Folder of the built widgets, from the project's root. */
  bundle?: string | undefined;
}

export interface Sandbox {
  /** The sites, without a trailing slash. */
  readonly city: string;
  readonly platform: string;
  readonly partner: string;
  readonly identity: string;
  readonly store: Store;
  readonly api: Api;
  stop(): Promise<void>;
  /** The platform dies: connections break, its data stays. */
  stopPlatform(): Promise<void>;
  startPlatform(): Promise<void>;
}

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

interface Sites {
  readonly city: LoopbackSite;
  readonly platform: LoopbackSite;
  readonly partner: LoopbackSite;
  readonly identity: LoopbackSite;
}

/** Opens all sites, or none. */
async function openSites(port: number): Promise<Sites> {
  const opened: LoopbackSite[] = [];
  const open = async (offset: number): Promise<LoopbackSite> => {
    const site = await openLoopbackSite(port === 0 ? 0 : port + offset);
    opened.push(site);
    return site;
  };
  try {
    return { city: await open(0), platform: await open(1), partner: await open(2), identity: await open(3) };
  } catch (error) {
    await Promise.all(opened.map((site) => site.close()));
    throw error;
  }
}

/** The two names of a place on this machine, which browsers take for two sites. */
function bothNames({ port }: LoopbackSite): string[] {
  return [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
}

/** Starts the platform, a city's site that embeds its widgets, a partner's site, and the service that knows the people. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 4400, allowOrigins = [], data, bundle = 'dist/cdn', bulk, mostProjects, indexLag } = options;
  const { gatewayLimits } = options;
  const { city, platform, partner, identity } = await openSites(port);
  const sites = [city, platform, partner, identity];
  const { handoffAllow = [city, partner].flatMap(bothNames) } = options;
  try {
    const store = openStore({
      baseUrl: platform.url,
      bulk,
      mostProjects,
      indexLag,
      ...(data === undefined ? {} : { data }),
    });
    // What the platform masks for its visitors is for whoever runs the sandbox to see.
    const api = createApi(store, console.error);
    const clients = newClients();
    platform.serve(
      createPlatformSite({
        store,
        api,
        allowOrigins,
        bundle: resolve(PROJECT, bundle),
        identity: { issuer: identity.url, clients: clients.clients },
        handoffAllow,
      }),
    );
    identity.serve(createIdentitySite({ issuer: identity.url, clients, platforms: bothNames(platform) }));
    city.serve(
      createCitySite({
        platform: platform.url,
        origins: bothNames(city),
        limits: gatewayLimits,
        partner: partner.url,
        store,
        api,
      }),
    );
    const files = new PartnerFiles({ platform: platform.url, store, api, data });
    partner.serve(createPartnerSite({ platform: platform.url, city: city.url, store, api, files }));
    const stop = async (): Promise<void> => {
      await Promise.all(sites.map((site) => site.close()));
      await files.close();
      store.close();
    };
    let stopping: Promise<void> | undefined;
    return {
      city: city.url,
      platform: platform.url,
      partner: partner.url,
      identity: identity.url,
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
