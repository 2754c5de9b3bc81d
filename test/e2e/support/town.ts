import { after, before, beforeEach } from 'node:test';

import { openLoopbackSite } from '../../../sandbox/loopback.js';
import { rawId } from '../../../sandbox/platform/ids.js';
import type { Fault } from '../../../sandbox/platform/http/faults.js';
import type { LoggedRequest } from '../../../sandbox/platform/http/request-log.js';
import type { SandboxState } from '../../../sandbox/platform/store.js';
import { startSandbox, type Sandbox } from '../../../sandbox/server.js';

/** The sandbox of a test, and another site beside the city's, whose pages the test writes itself. */
export interface Town {
  readonly sandbox: Sandbox;
  readonly state: SandboxState;
  /** What the platform's API has been asked, preflights included. */
  apiRequests(): Promise<LoggedRequest[]>;
  /** Has the next requests to the API go wrong. */
  fault(fault: Omit<Fault, 'path' | 'times'> & { readonly path?: string; readonly times?: number }): Promise<void>;
  /** Publishes a page under the policy of the city’s site, or another one, with more headers or not, and gives its address. */
  publish(html: string, policy?: string, headers?: Readonly<Record<string, string>>): string;
  /** The script tag, as a city pastes it. */
  readonly script: string;
  /** The platform is up, without faults, and has been asked nothing. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * @param handsOver - The hand-over page serves the other site, by its numeric name, and not the city's.
 * @param isNamed - The platform's CORS names the other site, by its other name.
 */
export async function startTown(handsOver = false, isNamed = false): Promise<Town> {
  const site = await openLoopbackSite(0);
  const handoffAllow = handsOver ? [`http://127.0.0.1:${site.port}`] : undefined;
  const allowOrigins = isNamed ? [site.url] : [];
  // All visitors of all tests come from one address.
  const gatewayLimits = { signIns: 10_000, acts: 10_000 };
  const sandbox = await startSandbox({ port: 0, handoffAllow, allowOrigins, gatewayLimits });
  const { platform } = sandbox;
  // Otherwise every test would wait in vain for widgets.
  if (!(await fetch(`${platform}/widgets/v1/cap-widgets.js`)).ok) throw new Error('Build the widgets first.');
  const pages: { readonly html: string; readonly headers: Readonly<Record<string, string>> }[] = [];
  const strict = (await fetch(sandbox.city)).headers.get('content-security-policy') ?? '';
  site.serve(({ url = '' }, response) => {
    const page = pages[Number(new URL(url, site.url).pathname.slice(1))];
    if (!page) response.writeHead(url === '/favicon.ico' ? 204 : 404).end();
    else {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
    }
  });
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${platform}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return {
    sandbox,
    state: sandbox.store.state(),
    async apiRequests() {
      const log = (await (await fetch(`${platform}/sandbox/requests`)).json()) as LoggedRequest[];
      return log.filter(({ path }) => path.startsWith('/graphql'));
    },
    async fault(fault) {
      const answer = await post('faults', { path: '/graphql', times: 1, ...fault });
      if (!answer.ok) throw new Error(await answer.text());
    },
    publish: (html, policy = strict, headers = {}) =>
      `${site.url}/${pages.push({ html, headers: { 'Content-Security-Policy': policy, ...headers } }) - 1}`,
    script: `<script type="module" src="${platform}/widgets/v1/cap-widgets.js" data-platform="${platform}"></script>`,
    async clear() {
      await sandbox.startPlatform();
      await post('faults', {});
      await fetch(`${platform}/sandbox/requests`, { method: 'DELETE' });
    },
    async stop() {
      await site.close();
      await sandbox.stop();
    },
  };
}

/** A town for the tests of a file; each begins with a platform that is up, without faults, and has been asked nothing. */
export function town(handsOver = false, isNamed = false): { readonly now: Town } {
  let current: Town | undefined;
  before(async () => {
    current = await startTown(handsOver, isNamed);
  });
  beforeEach(() => current?.clear());
  after(() => current?.stop());
  return {
    get now() {
      if (!current) throw new Error('The town is there once its tests run.');
      return current;
    },
  };
}

/** A whole page in French around some widgets. */
export const pageOf = (head: string, body: string): string =>
  `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Page d’essai</title>` +
  `${head}</head><body><main>${body}</main></body></html>`;

/** What the platform's tables say of a project, as its API counts it. */
export function countsOf(
  { sandbox }: Town,
  project: string,
): Record<'votes' | 'contributors' | 'contributions', number> {
  const { sql } = sandbox.store;
  const cast = `ballot WHERE project_id = ? AND is_accounted = 1 AND published_at IS NOT NULL`;
  const given = `contribution WHERE project_id = ? AND draft = 0 AND published_at IS NOT NULL`;
  const id = rawId(project);
  return {
    votes: sql.number(`SELECT count(*) FROM ${cast}`, id),
    contributions: sql.number(`SELECT count(*) FROM ${given} AND trashed_at IS NULL`, id),
    contributors: sql.number(
      `SELECT count(*) FROM (SELECT user_id FROM ${cast} UNION SELECT author_id FROM ${given} AND author_id IS NOT NULL)`,
      id,
      id,
    ),
  };
}

/** Writes a vote into the platform's tables: of somebody who has voted in this project already, for one more of its proposals. */
export function castVote({ sandbox }: Town, project: string): void {
  const { changes } = sandbox.store.sql.run(
    `INSERT INTO proposal_vote (proposal_id, step_id, user_id, created_at, published_at)
      SELECT other.proposal_id, v.step_id, v.user_id, v.created_at, v.published_at
      FROM proposal_vote v
      JOIN step s ON s.id = v.step_id
      JOIN proposal_vote other ON other.step_id = v.step_id
      WHERE s.project_id = ? AND NOT EXISTS (
        SELECT 1 FROM proposal_vote own
        WHERE own.user_id = v.user_id AND own.step_id = v.step_id AND own.proposal_id = other.proposal_id)
      LIMIT 1`,
    rawId(project),
  );
  if (changes !== 1) throw new Error(`Nobody has a vote left in ${project}.`);
}

/** A number as French readers write it, with the spaces that our reading of a page gives. */
export const french = (value: number): string => new Intl.NumberFormat('fr').format(value).replace(/\s/g, ' ');
