import type { ResultOf } from 'gql.tada';

import type { Count, CountTarget, Metric } from '../domain/counts.js';
import { added } from '../core/added.js';
import { count, flag, known, list, text, total, type Cursor } from './cursor.js';
import { decodeCount, secrecy } from './decode-count.js';
import { counts, stepVotes } from './documents/session-counts.js';
import type { Loader, ReadOptions } from './loader.js';
import { guardPages } from './paging.js';
import type { Platform } from './endpoints.js';
import type { Settings } from './settings.js';

/** Reads a number as the platform's own pages do. */
export async function readSessionCount(
  platform: Platform,
  access: 'session' | 'rules',
  { kind, id }: CountTarget,
  metric: Metric,
  options: ReadOptions,
): Promise<Count | null> {
  const { settings } = platform;
  const loader = platform.loader(access);
  const votes = kind === 'step' && metric === 'votes' && (await readStepVotes(loader, settings, id, options));
  return votes || loader.node(id, counts, (node) => decodeCount(node, metric, settings), options);
}

/** Adds up the votes of a step's proposals, a page of them at a time; null for a step without proposals. */
async function readStepVotes(
  loader: Loader,
  settings: Settings,
  id: string,
  options: ReadOptions,
): Promise<Count | null> {
  let online = 0;
  let paper = 0;
  let after: string | null = null;
  const onward = guardPages();
  do {
    const page: Page | null = await loader.field(
      stepVotes,
      { id, after },
      (node) => decodePage(node, settings),
      options,
    );
    if (!page) return null;
    if (page.secret) return page.secret;
    online += page.online;
    paper += page.paper;
    after = onward(page.next);
  } while (after);
  return { kind: 'tally', value: online + paper, paper };
}

interface Page {
  readonly secret: Count | null;
  readonly online: number;
  readonly paper: number;
  readonly next: string | null;
}

type Node = NonNullable<ResultOf<typeof stepVotes>['node']>;
type ProposalStep = Extract<Node, { proposals: unknown }>;

export function decodePage(node: Cursor<Node>, settings: Settings): Page | null {
  // The schema's union has no field to tell its members by: only steps with proposals have any field here.
  const step = node as unknown as Cursor<ProposalStep>;
  return known(step.at('proposals'), (proposals) => {
    const info = proposals.at('pageInfo');
    const votes =
      known(proposals.at('edges'), (edges) =>
        list(
          edges,
          (edge) => {
            const proposal = edge.at('node');
            return { online: total(proposal.at('votes')), paper: count(proposal.at('paperVotesTotalCount')) };
          },
          known,
        ),
      ) ?? [];
    return {
      secret: secrecy(step, settings),
      online: added(votes.map((vote) => vote.online)),
      paper: added(votes.map((vote) => vote.paper)),
      next: flag(info.at('hasNextPage')) ? text(info.at('endCursor') as Cursor<string>) : null,
    };
  });
}
