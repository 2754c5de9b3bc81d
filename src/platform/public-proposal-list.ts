import type { ResultOf } from 'gql.tada';

import type { ListPage } from '../domain/list-page.js';
import type { ListedProposal } from '../domain/proposal.js';
import { bareProposal } from './ballot/read.js';
import { maybe, text, type Cursor } from './cursor.js';
import { publicProposalList } from './documents/public-proposal-list.js';
import type { Platform } from './endpoints.js';
import type { ReadOptions } from './loader.js';
import type { Settings } from './settings.js';
import { decodePage, orderOf, type ProposalsWish } from './shared-proposal-list.js';

/** Reads some of the proposals of a step by the public API, which filters by nothing and has no figures of a ballot. */
export const readPublicProposals = (
  platform: Platform,
  { stepId: step, first, after, order }: ProposalsWish,
  options: ReadOptions,
): Promise<ListPage<ListedProposal> | null> =>
  platform
    .loader('public')
    .field(
      publicProposalList,
      { step, first, after, order: [orderOf(order)] },
      (node) => decodePage(node, (proposal) => decode(proposal, platform.settings)),
      options,
    );

type Found = Extract<NonNullable<ResultOf<typeof publicProposalList>['node']>, { proposals: unknown }>;
type Node = NonNullable<NonNullable<NonNullable<Found['proposals']['edges']>[number]>['node']>;

/** About as much as the platform's own excerpts. */
const EXCERPT = 140;

const shorten = (words: string): string =>
  words.length > EXCERPT ? `${words.slice(0, words.lastIndexOf(' ', EXCERPT - 1))}…` : words;

const decode = (node: Cursor<Node>, settings: Settings): ListedProposal => {
  const vote = bareProposal(node, settings, true);
  return {
    id: vote.id,
    url: vote.url,
    image: null,
    title: vote.title,
    excerpt: maybe(node.at('summary'), text) ?? maybe(node.at('bodyText'), (body) => shorten(text(body))),
    author: maybe(node.at('author'), (author) => maybe(author.at('username'), text)),
    category: maybe(node.at('category'), (category) => text(category.at('name'))),
    theme: maybe(node.at('theme'), (theme) => text(theme.at('title'))),
    district: null,
    cost: null,
    status: null,
    vote,
    signedIn: false,
  };
};
