import type { Ballot, Choice, VotableProposal } from '../../src/domain/verdict.js';

/** How a step is voted in, who votes, and for what: the platform's rows and the page's ballot are both made of this. */
export interface Rules {
  readonly voteType: 'DISABLED' | 'SIMPLE' | 'BUDGET';
  readonly votesLimit: number | null;
  readonly votesMin: number | null;
  readonly budget: number | null;
  readonly ranking: boolean;
  readonly threshold: number | null;
  readonly secret: boolean;
  readonly startAt: number | null;
  readonly endAt: number | null;
  readonly timeless: boolean;
  readonly requirements: readonly ('CHECKBOX' | 'EMAIL_VERIFIED' | 'ZIP_CODE')[];
  readonly voter: {
    readonly account: boolean;
    readonly emailConfirmed: boolean;
    readonly zipCode: boolean;
    readonly ticked: boolean;
  };
  /** The last proposal there is belongs to the project, and not to the step. */
  readonly proposals: readonly { readonly cost: number | null; readonly archived: boolean }[];
}

/** One vote as the platform gives it to its voter. */
export interface Recorded {
  readonly id: number;
  readonly proposal: number;
  readonly position: number | null;
  readonly accounted: boolean;
  readonly published: boolean;
}

const address = 'https://participez.valmont.example';
const nameOf = (proposal: number): string => `p${proposal}`;

/** A ballot as a page reads it, from rules and what is chosen. */
export function ballotOf(
  rules: Rules,
  chosen: readonly { readonly proposal: number; readonly recorded?: Recorded | undefined }[] = [],
): Ballot {
  const { votesLimit, votesMin, threshold, ranking, secret, startAt, endAt, timeless } = rules;
  return {
    step: {
      id: 'step',
      kind: 'selection',
      title: 'Vote',
      startAt,
      endAt,
      timeless,
      votable: rules.voteType !== 'DISABLED',
    },
    url: address,
    wording: 'vote',
    votesLimit,
    votesMin,
    // The API gives whole euros, and pages take a budget of nothing for none.
    budget: Math.trunc(rules.budget ?? 0) || null,
    ranking,
    threshold,
    secret: secret ? { publishedAt: null } : null,
    chosen: chosen.map(({ proposal, recorded }): Choice => {
      const { cost, archived } = rules.proposals[proposal] ?? { cost: null, archived: false };
      return {
        proposalId: nameOf(proposal),
        title: nameOf(proposal),
        url: address,
        cost: cost ?? 0,
        lost: archived ? 'archived' : proposal < rules.proposals.length - 1 ? null : 'not-votable',
        vote: recorded
          ? { id: String(recorded.id), anonymous: true, accounted: recorded.accounted, position: recorded.position }
          : null,
      };
    }),
  };
}

/** A proposal as a page reads it. */
export function proposalOf(rules: Rules, proposal: number, own: VotableProposal['own'] = null): VotableProposal {
  const { cost, archived } = rules.proposals[proposal] ?? { cost: null, archived: false };
  return {
    id: nameOf(proposal),
    title: nameOf(proposal),
    url: address,
    archived,
    cost,
    inStep: proposal < rules.proposals.length - 1,
    count: null,
    own,
  };
}
