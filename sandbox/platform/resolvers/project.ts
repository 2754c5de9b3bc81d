import { rawId } from '../ids.js';
import type { ProjectRow, StepRow, UserRow } from '../rows.js';
import { currentStep, displayableCounters, isParticipative, isVotable, publishedStatus } from '../rules/project.js';
import { isOpen, spanOf, timeRange } from '../rules/time.js';
import { arrayConnection, type PageArgs } from './connection.js';
import { listContributions, type ContributionArgs } from './consultation-lists.js';
import type { Context } from './context.js';
import { translated, withGlobalId, type TypeResolvers } from './fields.js';
import { mediaOf } from './media.js';
import { contributors } from './people.js';
import { listProjects, type ProjectListArgs } from './project-list.js';
import { listProposals, type ProposalListArgs } from './proposal-list.js';
import { stepBySlug } from './step.js';

type Rule<T> = (steps: readonly StepRow[], now: number) => T;

/** A field that follows from the project's steps. */
function fromSteps<T>(rule: Rule<T>) {
  return ({ id }: ProjectRow, _: unknown, { objects, now }: Context): T => rule(objects.stepsOf(id), now);
}

const firstOf =
  (type: StepRow['type']): Rule<StepRow | undefined> =>
  (steps) =>
    steps.find((step) => step.type === type);

interface StepsArgs {
  readonly orderBy?: { readonly direction: 'ASC' | 'DESC' } | null;
  readonly excludePresentationStep?: boolean;
}

function steps({ id }: ProjectRow, { orderBy, excludePresentationStep }: StepsArgs, { objects }: Context): StepRow[] {
  const all = objects.stepsOf(id).filter((step) => !excludePresentationStep || step.type !== 'PresentationStep');
  return orderBy?.direction === 'DESC' ? all.reverse() : all;
}

/** The total alone: the platform fills no edges here. */
function votes({ id }: ProjectRow, { anonymous }: { anonymous?: boolean | null }, { sql }: Context) {
  const kind = anonymous == null ? '' : ` AND anonymous = ${anonymous ? 1 : 0}`;
  return {
    ...arrayConnection([], {}, (vote) => vote),
    totalCount: () =>
      sql.number(
        `SELECT count(*) FROM ballot WHERE project_id = ? AND is_accounted = 1 AND published_at IS NOT NULL${kind}`,
        id,
      ),
  };
}

function paperVotes(column: 'total_count' | 'total_points_count') {
  return ({ id }: ProjectRow, _: unknown, { sql }: Context) =>
    sql.number(
      `SELECT coalesce(sum(v.${column}), 0) FROM paper_vote v JOIN step s ON s.id = v.step_id WHERE s.project_id = ?`,
      id,
    );
}

const Project = {
  ...withGlobalId('Project'),
  url: (project: ProjectRow, _: unknown, { links }: Context) => links.project(project),
  cover: mediaOf,
  type: (project: ProjectRow, _: unknown, { sql }: Context) =>
    project.type_id === null ? null : sql.get('SELECT * FROM project_type WHERE id = ?', project.type_id),
  themes: ({ id }: ProjectRow, _: unknown, { sql }: Context) =>
    sql.all(
      'SELECT t.* FROM theme t JOIN project_theme x ON x.theme_id = t.id WHERE x.project_id = ? ORDER BY t.position',
      id,
    ),
  districts: ({ id }: ProjectRow, args: PageArgs, { objects }: Context) =>
    arrayConnection(
      objects.list(
        'globalDistrict',
        'WHERE d.id IN (SELECT district_id FROM project_district WHERE project_id = ?) ORDER BY d.position',
        id,
      ),
      args,
      (district) => district,
    ),
  categories: ({ id }: ProjectRow, _: unknown, { sql }: Context) =>
    sql.all(
      `SELECT c.* FROM proposal_category c JOIN proposal_form f ON f.id = c.form_id JOIN step s ON s.id = f.step_id
        WHERE s.project_id = ? ORDER BY c.name`,
      id,
    ),
  authors: ({ id }: ProjectRow, _: unknown, { objects }: Context) =>
    objects.list<UserRow>(
      'user',
      'WHERE u.id IN (SELECT user_id FROM project_author WHERE project_id = ?) ORDER BY u.username',
      id,
    ),
  address: ({ address }: ProjectRow) => (address === null ? null : (JSON.parse(address) as unknown)),
  locale: ({ locale }: ProjectRow, _: unknown, { sql }: Context) =>
    locale === null ? null : sql.get('SELECT * FROM locale WHERE code = ?', locale),
  status: fromSteps(publishedStatus),
  timeRange: fromSteps((all, now) => timeRange(spanOf(all), now)),
  steps,
  currentStep: fromSteps(currentStep),
  firstCollectStep: fromSteps(firstOf('CollectStep')),
  firstQuestionnaireStep: fromSteps(firstOf('QuestionnaireStep')),
  firstDebateStep: fromSteps(firstOf('DebateStep')),
  consultationStepOpen: fromSteps((all, now) =>
    all.find((step) => step.type === 'ConsultationStep' && isOpen(step, now)),
  ),
  votableSteps: fromSteps((all) => all.filter(isVotable)),
  hasParticipativeStep: (
    { id }: ProjectRow,
    { exceptStepId }: { exceptStepId?: string | null },
    { objects }: Context,
  ) => objects.stepsOf(id).some((step) => isParticipative(step) && step.id !== (exceptStepId && rawId(exceptStepId))),
  isVotesCounterDisplayable: fromSteps((all) => displayableCounters(all).votes),
  isContributionsCounterDisplayable: fromSteps((all) => displayableCounters(all).contributions),
  isParticipantsCounterDisplayable: fromSteps((all) => displayableCounters(all).participants),
  proposals: ({ id }: ProjectRow, args: ProposalListArgs, context: Context) =>
    listProposals(context, ['s.project_id = ?'], [id], args),
  votes,
  paperVotesTotalCount: paperVotes('total_count'),
  paperVotesTotalPointsCount: paperVotes('total_points_count'),
  contributors: ({ id }: ProjectRow, args: PageArgs, context: Context) =>
    contributors(['project_id', id], args, context),
  contributions: ({ id }: ProjectRow, args: ContributionArgs, context: Context) =>
    listContributions(['n.project_id = ?'], [id], args, context),
  // The older figure knows neither versions nor sources, so the two differ.
  contributionsCount: ({ id }: ProjectRow, _: unknown, { sql }: Context) =>
    sql.number(
      `SELECT count(*) FROM contribution WHERE project_id = ? AND draft = 0 AND published_at IS NOT NULL
        AND trashed_at IS NULL AND type NOT IN ('Version', 'Source')`,
      id,
    ),
};

interface DistrictRow {
  readonly id: string;
}

const district = {
  name: translated('name'),
  slug: translated('slug'),
  titleOnMap: translated('titleOnMap'),
  description: translated('description'),
  cover: mediaOf,
};

const GlobalDistrict = {
  ...withGlobalId('GlobalDistrict'),
  ...district,
  projects: ({ id }: DistrictRow, args: PageArgs, context: Context) => listProjects(context, { ...args, district: id }),
};

const Theme = {
  title: translated('title'),
  teaser: translated('teaser'),
  body: translated('body'),
  url: (theme: { slug: string }, _: unknown, { links }: Context) => links.theme(theme),
  media: mediaOf,
};

export const projectResolvers: Record<string, TypeResolvers> = {
  Project,
  GlobalDistrict,
  ProposalDistrict: { ...withGlobalId('District'), ...district },
  Theme,
};

interface SlugArgs {
  readonly entity: 'PROJECT' | 'STEP' | 'DISTRICT' | 'PROPOSAL_DISTRICT';
  readonly slug: string;
  readonly projectSlug?: string | null;
}

function nodeSlug(_: unknown, { entity, slug, projectSlug }: SlugArgs, context: Context) {
  const { objects } = context;
  switch (entity) {
    case 'PROJECT':
      return objects.list<ProjectRow>('project', 'WHERE p.slug = ?', slug).find((row) => objects.sees(row));
    case 'STEP':
      return stepBySlug(slug, projectSlug, context);
    case 'DISTRICT':
      return objects.list('globalDistrict', 'WHERE d.slug = ?', slug)[0];
    case 'PROPOSAL_DISTRICT':
      return objects.list('proposalDistrict', 'WHERE d.slug = ?', slug)[0];
  }
}

export const projectQueries = {
  projects: (_: unknown, args: ProjectListArgs, context: Context) => listProjects(context, args),
  nodeSlug,
  projectTypes: (_: unknown, { onlyUsedByProjects }: { onlyUsedByProjects?: boolean }, { sql }: Context) =>
    sql.all(
      `SELECT * FROM project_type t ${onlyUsedByProjects ? 'WHERE t.id IN (SELECT type_id FROM project)' : ''} ORDER BY t.title`,
    ),
  projectAuthors: (_: unknown, _args: unknown, { objects }: Context) =>
    objects.list('user', 'WHERE u.id IN (SELECT user_id FROM project_author) ORDER BY u.username'),
  themes: (_: unknown, { title }: { title?: string | null }, { sql }: Context) =>
    sql.all('SELECT * FROM theme WHERE title LIKE ? ORDER BY position', `%${title ?? ''}%`),
  globalDistricts: (_: unknown, args: PageArgs & { name?: string | null }, { objects }: Context) =>
    arrayConnection(
      objects.list('globalDistrict', 'WHERE d.name LIKE ? ORDER BY d.position', `%${args.name ?? ''}%`),
      args,
      (row) => row,
    ),
  allContributions: (_: unknown, _args: unknown, { sql }: Context) =>
    sql.number('SELECT count(*) FROM contribution WHERE draft = 0 AND published_at IS NOT NULL'),
};
