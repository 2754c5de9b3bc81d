import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.js';

/** What the sandbox says of its own data, as far as these tests look. */
export interface State {
  readonly projects: Readonly<Record<string, string>>;
  readonly steps: Readonly<Record<string, string>>;
  readonly consultations: Readonly<Record<string, string>>;
  readonly accounts: { readonly admin: { readonly token: string } };
}

export interface Logged {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Town {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly state: State;
  fault(fault: object): Promise<void>;
  /** The API requests since the last call. */
  requests(): Promise<readonly Logged[]>;
  flag(name: string, enabled: boolean): void;
}

/** A sandbox with its data, its faults and its log at hand. */
export async function startTown(options: SandboxOptions = {}): Promise<Town> {
  const sandbox = await startSandbox({ port: 0, ...options });
  const url = sandbox.platform;
  let told = 0;
  const control = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(`${url}/sandbox/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return text ? (JSON.parse(text) as unknown) : undefined;
  };
  return {
    sandbox,
    url,
    state: (await control('state')) as State,
    async fault(fault) {
      const body = JSON.stringify(fault);
      await control('faults', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    },
    async requests() {
      // Not emptied: what comes between a look and a deletion would be lost.
      const logged = (await control('requests')) as readonly Logged[];
      const fresh = logged.slice(told <= logged.length ? told : 0);
      told = logged.length;
      return fresh.filter(({ path }) => path.startsWith('/graphql'));
    },
    flag(name, enabled) {
      sandbox.store.sql.run('UPDATE feature_flag SET enabled = ? WHERE type = ?', enabled ? 1 : 0, name);
    },
  };
}

export async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}
