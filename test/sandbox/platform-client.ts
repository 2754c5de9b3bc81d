import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/server.js';

/** A sandbox on free ports, and short ways to ask its platform. */
export interface PlatformClient {
  readonly sandbox: Sandbox;
  ask(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: BodyInit | undefined, headers?: Record<string, string>): Promise<Response>;
  postJson(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

export async function startPlatformClient(options: SandboxOptions = {}): Promise<PlatformClient> {
  const sandbox = await startSandbox({ port: 0, ...options });
  const ask: PlatformClient['ask'] = (path, init = {}) => fetch(sandbox.platform + path, init);
  const post: PlatformClient['post'] = (path, body, headers = {}) =>
    ask(path, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });
  const postJson: PlatformClient['postJson'] = (path, body, headers = {}) =>
    post(path, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
  return { sandbox, ask, post, postJson };
}
