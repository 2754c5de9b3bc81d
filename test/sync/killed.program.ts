import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command line in one file, which starts in a fraction of the time that its hundreds of modules take. */
export interface Program {
  readonly file: string;
  remove(): void;
}

export async function bundleProgram(): Promise<Program> {
  // Inside the project, so that it finds the packages that cannot be bundled.
  const cache = path.join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'cap-widgets-sync-'));
  const file = path.join(folder, 'bin.js');
  // What it says of itself, it asks its package.
  copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  const source = path.join(root, 'src/sync/bin.ts');
  await build({
    // The program, and what its other thread begins with.
    entryPoints: [source, path.join(root, 'src/sync/events-push-worker.ts')],
    outdir: folder,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    external: ['node-sqlite3-wasm'],
    banner: { js: `import{createRequire}from'node:module';const require=createRequire(${JSON.stringify(source)});` },
    logLevel: 'warning',
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Short runs are over before code that runs faster would pay for its compilation. */
const HASTY = ['--no-opt', '--liftoff-only', '--wasm-lazy-compilation', '--max-semi-space-size=64'];

/** Starts the command line. What is gone is noted under one date, so that two runs of the same write the same. */
export function start(program: Program, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [...HASTY, program.file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SOURCE_DATE_EPOCH: '1800000000', ...env },
  });
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export async function end(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** A platform that answers as another one did: the same to the same question, at once, however often it is asked. */
export interface Echo {
  readonly url: string;
  /** From now on it answers as the other platform does now. */
  forget(): void;
  stop(): Promise<void>;
}

export async function startEcho(platform: string): Promise<Echo> {
  let known = new Map<string, Promise<{ readonly status: number; readonly type: string; readonly body: string }>>();
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const { url = '', method = 'GET', headers } = request;
      const question = [method, url, headers.accept, body].join('\n');
      let answer = known.get(question);
      if (!answer) {
        const passed = { Accept: String(headers.accept), 'Content-Type': String(headers['content-type']) };
        answer = fetch(platform + url, { method, headers: passed, body }).then(async (found) => ({
          status: found.status,
          type: found.headers.get('Content-Type') ?? '',
          body: await found.text(),
        }));
        known.set(question, answer);
      }
      void answer.then(({ status, type, body }) => response.writeHead(status, { 'Content-Type': type }).end(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forget: () => void (known = new Map()),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
