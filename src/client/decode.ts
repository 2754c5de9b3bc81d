import type { ResultOf } from 'gql.tada';

import type { StepKind } from '../domain/step.js';
import { Cursor, flag, instant, known, list, maybe, number, pathOf, text, total } from '../platform/cursor.js';
import type { clientEvents, clientProject, clientProposals, clientSteps } from '../platform/documents/client.js';
import { decodeEntities } from '../platform/entities.js';
import type { Page } from '../platform/paging.js';
import { faultOf } from '../platform/recovery.js';
import type { Settings } from '../platform/settings.js';
import { readStep, STATES } from '../platform/shared-project.js';
import { webAddress } from '../platform/web-address.js';
import type {
  ClientContribution,
  ClientEvent,
  ClientProject,
  ClientProposal,
  ClientStep,
  Dated,
  Moderation,
  Named,
  Person,
  Place,
} from './types.js';

type Event = Node<NonNullable<ResultOf<typeof clientEvents>>['events']>;
type Proposal = Node<
  Extract<NonNullable<ResultOf<typeof clientProposals>['node']>, { proposals: unknown }>['proposals']
>;
type Project = ResultOf<typeof clientProject>;
type Step = ResultOf<typeof clientSteps>['steps'][number];

interface Connection<T> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: Edges<T>;
}
type Edges<T> = readonly ({ readonly node: T } | null)[] | null;
type Node<C> = C extends { readonly edges: Edges<infer T> } ? T : never;

/** A page of a list. A page that promises another one without saying where it begins is refused. */
export function decodePage<T, R>(
  connection: Cursor<Connection<T>>,
  read: (node: Cursor<NonNullable<T>>) => R,
): Page<R> {
  const info = connection.at('pageInfo');
  return {
    items: nodes(connection, read),
    next: flag(info.at('hasNextPage')) ? text(info.at('endCursor') as Cursor<string>) : null,
    total: total(connection),
  };
}

/** The nodes of a list. */
const nodes = <T, R>(
  connection: Cursor<{ readonly edges: Edges<T> }>,
  read: (node: Cursor<NonNullable<T>>) => R,
): R[] =>
  // A list leaves out what is null.
  known(connection.at('edges'), (edges) => list(edges, (edge) => shown(edge.at('node'), read) as R, shown)) ?? [];

/** As `maybe`: what is hidden from this reader is a hole in a list. But what the platform failed at is no absence. */
const shown: typeof maybe = (cursor, read) => {
  if (cursor.raw != null) return maybe(cursor, read);
  for (const fault of cursor.faults) {
    const failure = `${pathOf(fault)}.`.startsWith(`${cursor.path}.`) && faultOf(fault);
    if (failure && failure.code !== 'forbidden') throw failure;
  }
  return null;
};

/** Texts are written as HTML here and there: their entities are no part of what they say. */
const plain = (cursor: Cursor<string>): string => decodeEntities(text(cursor));
const date = (cursor: Cursor<string | null | undefined>, { timeZone }: Settings): number | null =>
  known(cursor, (at) => instant(at, timeZone));

const address = (cursor: Cursor<string>, { platform }: Settings): string =>
  webAddress(text(cursor), platform) ?? platform;
const link = (cursor: Cursor<string | null>, { platform }: Settings): string | null =>
  known(cursor, (url) => webAddress(text(url), platform));

const person = (user: Cursor<NonNullable<Event['author']>>, settings: Settings): Person => ({
  id: text(user.at('id')),
  name: known(user.at('username'), plain),
  url: link(user.at('url'), settings),
});

const theme = (of: Cursor<{ readonly id: string; readonly title: string }>): Named => ({
  id: text(of.at('id')),
  name: plain(of.at('title')),
});

const place = (of: Cursor<NonNullable<Event['googleMapsAddress']>>): Place => ({
  address: known(of.at('formatted'), plain),
  lat: number(of.at('lat')),
  lng: number(of.at('lng')),
});

const dates = (of: Cursor<Pick<Proposal, 'createdAt' | 'updatedAt' | 'publishedAt'>>, settings: Settings): Dated => ({
  createdAt: instant(of.at('createdAt'), settings.timeZone),
  updatedAt: date(of.at('updatedAt'), settings),
  publishedAt: date(of.at('publishedAt'), settings),
});

/** Our word for one of the platform's, which may also be the name of what every object has. */
const wordIn = <T>(words: Readonly<Record<string, T>>, word: Cursor<string>): T | undefined =>
  Object.hasOwn(words, text(word)) ? words[text(word)] : undefined;

const KINDS: readonly StepKind[] = [
  'collect',
  'selection',
  'consultation',
  'questionnaire',
  'debate',
  'presentation',
  'ranking',
];

export const decodeSteps = (node: Cursor<{ readonly steps: readonly Step[] }>, settings: Settings): ClientStep[] =>
  list(node.at('steps'), (step) => decodeStep(step, settings), shown);

function decodeStep(step: Cursor<Step>, settings: Settings): ClientStep {
  const { id, kind, startAt, endAt } = readStep(step, settings);
  return {
    id,
    kind: KINDS.includes(kind) ? kind : 'other',
    title: plain(step.at('title')),
    url: address(step.at('url'), settings),
    startAt,
    endAt,
    state: wordIn(STATES, step.at('state')) ?? 'closed',
  };
}

export const decodeProject = (node: Cursor<Project>, settings: Settings): ClientProject => ({
  id: text(node.at('id')),
  title: plain(node.at('title')),
  url: address(node.at('url'), settings),
  summary: known(node.at('metaDescription'), plain),
  cover: known(node.at('cover'), (cover) => link(cover.at('url'), settings)),
  type: known(node.at('type'), (type) => plain(type.at('title'))),
  themes: known(node.at('themes'), (themes) => list(themes, theme, shown)) ?? [],
  districts:
    known(node.at('districts'), (districts) =>
      nodes(districts, (district) => ({ id: text(district.at('id')), name: plain(district.at('name')) })),
    ) ?? [],
  authors: list(node.at('authors'), (author) => person(author, settings), shown),
  publishedAt: instant(node.at('publishedAt'), settings.timeZone),
  steps: decodeSteps(node, settings),
  counts: {
    votes: total(node.at('votes')),
    contributions: total(node.at('contributions')),
    contributors: total(node.at('contributors')),
  },
});

export const decodeEvent = (node: Cursor<Event>, settings: Settings): ClientEvent => ({
  id: text(node.at('id')),
  title: plain(node.at('title')),
  html: text(node.at('body')),
  url: address(node.at('url'), settings),
  link: link(node.at('link'), settings),
  startAt: instant(node.at('timeRange').at('startAt') as Cursor<string>, settings.timeZone),
  endAt: date(node.at('timeRange').at('endAt'), settings),
  place: known(node.at('googleMapsAddress'), place),
  author: shown(node.at('author'), (author) => person(author, settings)),
  createdAt: instant(node.at('createdAt'), settings.timeZone),
  updatedAt: date(node.at('updatedAt'), settings),
});

/** A proposal in a step. Of its cost and votes the public schema says nothing, or too much. */
export const decodeProposal = (node: Cursor<Proposal>, stepId: string, settings: Settings): ClientProposal => ({
  id: text(node.at('id')),
  title: plain(node.at('title')),
  url: address(node.at('url'), settings),
  reference: text(node.at('reference')),
  summary: known(node.at('summary'), plain),
  html: known(node.at('body'), text),
  text: known(node.at('bodyText'), plain),
  author: person(node.at('author'), settings),
  theme: known(node.at('theme'), theme),
  category: known(node.at('category'), (category) => plain(category.at('name'))),
  place: known(node.at('address'), place),
  status:
    list(node.at('selections'), (selection) =>
      text(selection.at('step').at('id')) === stepId
        ? known(selection.at('status'), (status) => plain(status.at('name')))
        : null,
    ).find(Boolean) ?? null,
  ...dates(node, settings),
  cost: null,
  votes: { kind: 'not-counted' },
});

/** All that is asked of contributions: which fields there are depends on the kind. */
interface Written {
  readonly __typename: string;
  readonly id: string;
  readonly url: string;
  readonly related: { readonly id: string } | null;
  readonly title?: string;
  readonly html?: string;
  readonly body?: string;
  readonly bodyText?: string;
  readonly type?: string;
  readonly createdAt: string;
  readonly updatedAt: string | null;
  readonly publishedAt: string | null;
  readonly trashed?: boolean;
  readonly trashedStatus?: string | null;
  readonly trashedAt?: string | null;
  readonly trashedReason?: string | null;
}

export const decodeModeration = (
  node: Cursor<Pick<Written, 'trashed' | 'trashedStatus' | 'trashedAt' | 'trashedReason'>>,
  settings: Settings,
): Moderation | null =>
  known(node.at('trashed'), flag)
    ? {
        status: known(node.at('trashedStatus'), (status) => wordIn(MODERATIONS, status) ?? null),
        at: date(node.at('trashedAt'), settings),
        reason: known(node.at('trashedReason'), plain),
      }
    : null;

const MODERATIONS: Readonly<Record<string, Moderation['status']>> = { VISIBLE: 'visible', INVISIBLE: 'invisible' };

/** Something said in a consultation; null for a kind that is not known here. */
export function decodeContribution(
  of: Cursor<{ readonly __typename: string }>,
  settings: Settings,
): ClientContribution | null {
  const kind = wordIn(CONTRIBUTIONS, of.at('__typename'));
  if (!kind) return null;
  const node = of as Cursor<Written>;
  const contribution: ClientContribution = {
    kind,
    id: text(node.at('id')),
    url: address(node.at('url'), settings),
    title: known(node.at('title'), plain),
    html: known(node.at('html'), text) ?? text(node.at('body') as Cursor<string>),
    text: known(node.at('bodyText'), plain),
    stance: known(node.at('type'), (type) => (text(type) === 'FOR' ? 'for' : 'against')),
    parentId: known(node.at('related'), (parent) => text(parent.at('id'))),
    ...dates(node, settings),
    moderation: null,
  };
  return moderated(contribution, decodeModeration(node, settings));
}

const CONTRIBUTIONS: Readonly<Record<string, ClientContribution['kind']>> = {
  Opinion: 'opinion',
  Version: 'version',
  Argument: 'argument',
  Source: 'source',
};

/** The contribution as it may be shown after moderation: what is not expressly visible loses its texts, and the address that says its title. */
export const moderated = (contribution: ClientContribution, moderation: Moderation | null): ClientContribution => ({
  ...contribution,
  ...(moderation && moderation.status !== 'visible' ? { url: null, title: null, html: null, text: null } : {}),
  moderation,
});
