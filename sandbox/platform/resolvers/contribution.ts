import type { Context } from './context.js';
import type { ContributionRow } from '../rows.js';
import { notPublishedReason } from '../rules/publication.js';

/** The fields that proposals, opinions, versions, arguments and sources share. */
export const contributionFields = {
  author: (row: ContributionRow, _args: unknown, { objects }: Context) => objects.user(row.author_id),
  viewerDidAuthor: (row: ContributionRow, _args: unknown, { viewer }: Context) => row.author_id === viewer?.id,
  project: (row: ContributionRow, _args: unknown, { objects }: Context) => objects.project(row.project_id),
  step: (row: ContributionRow, _args: unknown, { objects }: Context) => objects.step(row.step_id),
  published: (row: ContributionRow) => row.published_at !== null,
  publishableUntil: (row: ContributionRow, _args: unknown, { objects }: Context) => objects.step(row.step_id).end_at,
  notPublishedReason: (row: ContributionRow, _args: unknown, { objects, now }: Context) =>
    notPublishedReason(row, objects.user(row.author_id), objects.step(row.step_id).end_at, now),
  trashed: (row: ContributionRow) => row.trashed_at !== null,
};
