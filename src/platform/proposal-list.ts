import type { ResultOf } from 'gql.tada';

import { ApiError } from '../core/errors.js';
import type { ListPage } from '../domain/list-page.js';
import type { Choice, ListedProposal, ProposalChoices } from '../domain/proposal.js';
import { ask, nothing } from './ask.js';
import { decodeProposal } from './ballot/read.js';
import { flag, list, maybe, number, text, type Cursor } from './cursor.js';
import { isAuthenticated } from './documents/ballot.js';
import * as documents from './documents/proposal-list.js';
import type { Platform } from './endpoints.js';
import { recovery, type ReadOptions } from './loader.js';
import type { Settings } from './settings.js';
import { decodePage, orderOf, type ProposalsWish } from './shared-proposal-list.js';
import { plainTexts } from './texts.js';
import { webAddress } from './web-address.js';

/**
 * Reads some of the proposals of a step.
 *
 * @throws {ApiError} `not-found` where there is no such step, or none with proposals, or this visitor may not see it.
 */
export async function readProposals(
  platform: Platform,
  wish: ProposalsWish,
  options: ReadOptions,
): Promise<ListPage<ListedProposal>> {
  const { settings } = platform;
  const { stepId: step, first, after, order, category, district, theme, term } = wish;
  const page = await ask<ListPage<ListedProposal> | null>(
    platform,
    async (loader) => {
      const signedIn =
        settings.access === 'session' &&
        (wish.signedIn ?? (await loader.field(isAuthenticated, {}, flag, options)) ?? false);
      return loader.field(
        documents.proposalList,
        {
          step,
          first,
          after,
          order: [orderOf(order)],
          category: category || null,
          district: district || null,
          theme: theme || null,
          term: term || null,
          signedIn,
        },
        (node) => decodePage(node, (proposal) => decode(proposal, step, signedIn, settings)),
        options,
      );
    },
    async () => (await import('./public-proposal-list.js')).readPublicProposals(platform, wish, options),
  );
  if (!page) {
    (await recovery()).judgeId(step, 'step');
    throw new ApiError('not-found', `a step with proposals, ${step}`);
  }
  return { ...page, items: await plainTexts(page.items) };
}

type Found = Extract<NonNullable<ResultOf<typeof documents.proposalList>['node']>, { proposals: unknown }>;
type Node = NonNullable<NonNullable<NonNullable<Found['proposals']['edges']>[number]>['node']>;

function decode(node: Cursor<Node>, step: string, signedIn: boolean, settings: Settings): ListedProposal {
  const vote = decodeProposal(node, step, settings);
  const picture = (media: Cursor<{ readonly url: string }>): string | null =>
    webAddress(text(media.at('url')), settings.platform);
  return {
    id: text(node.at('id')),
    url: webAddress(text(node.at('url')), settings.platform) ?? settings.platform,
    image:
      maybe(node.at('media'), picture) ??
      maybe(node.at('category'), (category) =>
        maybe(category.at('categoryImage'), (image) => maybe(image.at('image'), picture)),
      ),
    title: text(node.at('title')),
    excerpt: maybe(node.at('summaryOrBodyExcerpt'), text),
    author: maybe(node.at('author'), (author) => text(author.at('displayName'))),
    category: maybe(node.at('category'), (category) => text(category.at('name'))),
    theme: maybe(node.at('theme'), (theme) => text(theme.at('title'))),
    district: maybe(node.at('district'), (district) => text(district.at('name'))),
    cost: maybe(node.at('estimation'), number),
    status: maybe(node.at('status'), (status) => ({
      name: text(status.at('name')),
      tone: text(status.at('color')).toLowerCase(),
    })),
    vote,
    signedIn,
  };
}

/** What the proposals of a step can be told apart by; null where the platform does not say. */
export const readChoices = (
  platform: Platform,
  stepId: string,
  options: ReadOptions,
): Promise<ProposalChoices | null> =>
  ask<ProposalChoices | null>(
    platform,
    async (loader) => {
      const [form, themes] = await Promise.all([
        loader.node(stepId, documents.proposalChoices, decodeForm, options),
        // Whether the step uses them is known only with the answer: asking along is no request more.
        loader.field(documents.themes, {}, (all) => list(all, (theme) => choice(theme, 'title')), options),
      ]);
      return plainTexts({
        categories: form?.categories ?? [],
        themes: (form?.themed && themes) || [],
        districts: form?.districts ?? [],
        costable: form?.costable ?? false,
      });
    },
    nothing,
  );

const choice = <K extends 'name' | 'title'>(
  entry: Cursor<{ readonly id: string } & Readonly<Record<K, string>>>,
  name: K,
): Choice => ({ id: text(entry.at('id')), name: text(entry.at(name)) });

const decodeForm = (node: Cursor<ResultOf<typeof documents.proposalChoices>>) =>
  maybe(node.at('form'), (form) => ({
    costable: flag(form.at('costable')),
    themed: flag(form.at('usingThemes')),
    categories: flag(form.at('usingCategories')) ? list(form.at('categories'), (entry) => choice(entry, 'name')) : [],
    districts: flag(form.at('usingDistrict')) ? list(form.at('districts'), (entry) => choice(entry, 'name')) : [],
  }));
