import type { ResultOf } from 'gql.tada';

import { outcomeOf, type Outcome, type Result } from '../domain/results.js';
import { ask, nothing } from './ask.js';
import { count, flag, known, list, maybe, number, text, total, type Cursor } from './cursor.js';
import { stepResults } from './documents/results.js';
import type { Platform } from './endpoints.js';
import type { ReadOptions } from './loader.js';
import { guardPages } from './paging.js';
import { plainTexts } from './texts.js';
import { webAddress } from './web-address.js';

interface Page {
  readonly budget: number | null;
  readonly results: readonly Result[];
  readonly next: string | null;
}

/** What a vote has come to; null while that is secret, and where the platform does not tell this page. */
export const readResults = (platform: Platform, stepId: string, options: ReadOptions): Promise<Outcome | null> =>
  ask<Outcome | null>(
    platform,
    async (loader) => {
      const results: Result[] = [];
      let page: Page | null;
      let after: string | null = null;
      const onward = guardPages();
      do {
        page = await loader.field(
          stepResults,
          { id: stepId, after },
          (node) => decodePage(node, platform.settings.platform),
          options,
        );
        if (!page) return null;
        results.push(...page.results);
        after = onward(page.next);
      } while (after);
      // What moves between two pages while they are read comes twice.
      const unique = [...new Map(results.map((result) => [result.id, result])).values()];
      return outcomeOf(unique, page.budget);
    },
    nothing,
  ).then(plainTexts);

type Node = NonNullable<ResultOf<typeof stepResults>['node']>;
type ProposalStep = Extract<Node, { proposals: unknown }>;
type Proposal = NonNullable<NonNullable<NonNullable<ProposalStep['proposals']['edges']>[number]>['node']>;

function decodePage(node: Cursor<Node>, platform: string): Page | null {
  // The schema's union has no field to tell its members by: only steps with proposals have any field here.
  const step = node as unknown as Cursor<ProposalStep>;
  const ranking = maybe(step.at('votesRanking'), flag) ?? false;
  // The platform writes 0 for what is secret.
  if (!maybe(step.at('canDisplayBallot'), flag)) return null;
  const proposals = step.at('proposals');
  const info = proposals.at('pageInfo');
  return {
    budget: maybe(step.at('budget'), number) || null,
    results: (
      known(proposals.at('edges'), (edges) =>
        list(edges, (edge) => maybe(edge.at('node'), (proposal) => decodeResult(proposal, ranking, platform)), known),
      ) ?? []
    ).flatMap((result) => result ?? []),
    next: flag(info.at('hasNextPage')) ? text(info.at('endCursor') as Cursor<string>) : null,
  };
}

const decodeResult = (proposal: Cursor<Proposal>, ranking: boolean, platform: string): Result => ({
  id: text(proposal.at('id')),
  title: text(proposal.at('title')),
  url: webAddress(text(proposal.at('url')), platform) ?? platform,
  district: maybe(proposal.at('district'), (district) => text(district.at('name'))),
  cost: maybe(proposal.at('estimation'), number),
  // Of the platform's colours for a decision one alone means yes.
  status: maybe(proposal.at('status'), (status) => ({
    name: text(status.at('name')),
    won: maybe(status.at('color'), text) === 'SUCCESS',
  })),
  online: total(proposal.at('votes')),
  paper: count(proposal.at('paperVotesTotalCount')),
  points: ranking
    ? count(proposal.at('votes').at('totalPointsCount')) + count(proposal.at('paperVotesTotalPointsCount'))
    : null,
});
