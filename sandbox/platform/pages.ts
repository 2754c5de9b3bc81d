import type { Sql } from './database.js';
import { Links } from './links.js';
import { Objects } from './objects.js';
import type {
  ConsultationRow,
  EventRow,
  OpinionRow,
  ProjectRow,
  ProposalRow,
  StepRow,
  UserRow,
  VersionRow,
} from './rows.js';
import { stateOf } from './rules/time.js';
import { timeZone } from './dates.js';

interface PageLink {
  readonly title: string;
  readonly url: string;
}

/** What the platform's own page of an object shows. Titles are as they are stored, with their HTML entities. */
export interface Page {
  readonly kind: string;
  readonly id: string;
  readonly title: string;
  readonly html?: string;
  readonly facts: (readonly [label: string, value: string])[];
  readonly parent?: PageLink;
  readonly children?: PageLink[];
}

interface Desk {
  readonly sql: Sql;
  readonly objects: Objects;
  readonly links: Links;
  readonly now: number;
}

type Finder = (desk: Desk, slugs: readonly string[]) => Page | undefined;

const slug = '([^/]+)';
const stepPath = `/project/${slug}/(?:collect|selection|consultation|questionnaire|debate|presentation|step|ranking)/${slug}`;
const opinionPath = `/projects/${slug}/consultation/${slug}/opinions/${slug}/${slug}`;

/** The shapes of addresses, and who answers for each. */
const finders: readonly (readonly [pattern: RegExp, find: Finder])[] = [
  [`/project/${slug}`, projectPage],
  [stepPath, stepPage],
  [`${stepPath}/consultation/${slug}`, consultationPage],
  [`/projects/${slug}/collect/${slug}/proposals/${slug}`, proposalPage],
  [opinionPath, opinionPage],
  [`${opinionPath}/versions/${slug}`, versionPage],
  [`/events/${slug}`, eventPage],
  [`/themes/${slug}`, themePage],
  [`/profile/${slug}`, userPage],
].map(([pattern, find]) => [new RegExp(`^(?:/[a-z]{2})?${String(pattern)}/?$`), find as Finder] as const);

/** The object that a path on the platform belongs to, for visitors who are not signed in. */
export function findPage(sql: Sql, host: string, path: string, now: number): Page | undefined {
  for (const [pattern, find] of finders) {
    const match = pattern.exec(path);
    if (!match) continue;
    const objects = new Objects(sql, undefined);
    const page = find(
      { sql, objects, links: new Links(host, '', objects, sql), now },
      match.slice(1).map(decodeURIComponent),
    );
    if (page) return page;
  }
  return undefined;
}

const day = new Intl.DateTimeFormat('fr-FR', { timeZone, dateStyle: 'long' });
const hour = new Intl.DateTimeFormat('fr-FR', { timeZone, dateStyle: 'full', timeStyle: 'short' });
const states = { FUTURE: 'À venir', OPENED: 'En cours', CLOSED: 'Terminée' } as const;

function projectOf({ objects }: Desk, name: string | undefined): ProjectRow | undefined {
  return objects.list<ProjectRow>('project', 'WHERE p.slug = ?', name ?? '').find((row) => objects.sees(row));
}

function stepOf(desk: Desk, project: string | undefined, name: string | undefined): StepRow | undefined {
  const parent = projectOf(desk, project);
  return (
    parent && desk.objects.list<StepRow>('step', 'WHERE s.project_id = ? AND s.slug = ?', parent.id, name ?? '')[0]
  );
}

function projectPage(desk: Desk, [name]: readonly string[]): Page | undefined {
  const project = projectOf(desk, name);
  if (!project) return undefined;
  const themes = desk.sql.all<{ title: string }>(
    'SELECT t.title FROM theme t JOIN project_theme x ON x.theme_id = t.id WHERE x.project_id = ? ORDER BY t.position',
    project.id,
  );
  return {
    kind: 'project',
    id: project.id,
    title: project.title,
    ...(project.description === null ? {} : { html: project.description }),
    facts: themes.length > 0 ? [['Thèmes', themes.map(({ title }) => title).join(', ')]] : [],
    children: desk.objects
      .stepsOf(project.id)
      .filter((step) => step.enabled)
      .map((step) => ({ title: step.title, url: desk.links.step(step) })),
  };
}

function stepPage(desk: Desk, [project, name]: readonly string[]): Page | undefined {
  const step = stepOf(desk, project, name);
  if (!step) return undefined;
  const { objects, links, now } = desk;
  const parent = objects.project(step.project_id);
  return {
    kind: 'step',
    id: step.id,
    title: step.title,
    ...(step.body === null ? {} : { html: step.body }),
    facts: [
      ['État', states[stateOf(step, now)]],
      ...(step.start_at === null ? [] : [['Début', day.format(step.start_at)] as const]),
      ...(step.end_at === null ? [] : [['Fin', day.format(step.end_at)] as const]),
    ],
    parent: { title: parent.title, url: links.project(parent) },
    children: childrenOf(step, desk),
  };
}

function childrenOf(step: StepRow, { objects, links }: Desk): PageLink[] {
  if (step.type === 'ConsultationStep') {
    return objects
      .list<ConsultationRow>('consultation', 'WHERE c.step_id = ? ORDER BY c.position', step.id)
      .map((row) => ({ title: row.title, url: links.consultation(row) }));
  }
  return objects
    .list<ProposalRow>(
      'proposal',
      `WHERE (s.id = ? OR p.id IN (SELECT proposal_id FROM proposal_selection WHERE step_id = ?))
        AND p.deleted_at IS NULL AND p.draft = 0 AND p.trashed_at IS NULL AND p.published_at IS NOT NULL ORDER BY p.title`,
      step.id,
      step.id,
    )
    .map((row) => ({ title: row.title, url: links.proposal(row) }));
}

function proposalPage(desk: Desk, [project, name, proposalSlug = '']: readonly string[]): Page | undefined {
  const step = stepOf(desk, project, name);
  const { objects, links, sql } = desk;
  const row = step && objects.list<ProposalRow>('proposal', 'WHERE s.id = ? AND p.slug = ?', step.id, proposalSlug)[0];
  if (!row || !objects.sees(row)) return undefined;
  const category = sql.get<{ name: string }>('SELECT name FROM proposal_category WHERE id = ?', row.category_id);
  const shown = row.trashed_status !== 'INVISIBLE';
  return {
    kind: 'proposal',
    id: row.id,
    title: shown ? row.title : 'Proposition modérée',
    ...(shown && row.body !== null ? { html: row.body } : {}),
    facts: [
      ['Auteur', objects.user(row.author_id).username ?? 'Utilisateur supprimé'],
      ...(category ? [['Catégorie', category.name] as const] : []),
      ...(row.estimation === null ? [] : [['Coût estimé', euros.format(row.estimation)] as const]),
      ...(row.address === null ? [] : [['Lieu', row.address] as const]),
      ...(row.trashed_reason === null ? [] : [['Motif de modération', row.trashed_reason] as const]),
    ],
    parent: { title: step.title, url: links.step(step) },
  };
}

const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });

function consultationPage(desk: Desk, [project, name, consultationSlug = '']: readonly string[]): Page | undefined {
  const step = stepOf(desk, project, name);
  const { objects, links } = desk;
  const row =
    step &&
    objects.list<ConsultationRow>('consultation', 'WHERE s.id = ? AND c.slug = ?', step.id, consultationSlug)[0];
  if (!row) return undefined;
  const opinions = objects.list<OpinionRow>(
    'opinion',
    'WHERE c.id = ? AND o.trashed_at IS NULL AND o.published_at IS NOT NULL ORDER BY o.title',
    row.id,
  );
  return {
    kind: 'consultation',
    id: row.id,
    title: row.title,
    ...(row.description === null ? {} : { html: row.description }),
    facts: [['Contributions', String(opinions.length)]],
    parent: { title: step.title, url: links.step(step) },
    children: opinions.map((opinion) => ({ title: opinion.title, url: links.opinion(opinion) })),
  };
}

function opinionOf(desk: Desk, [project, name, section = '', opinion = '']: readonly string[]): OpinionRow | undefined {
  const step = stepOf(desk, project, name);
  const { objects } = desk;
  return (
    step &&
    objects
      .list<OpinionRow>('opinion', 'WHERE s.id = ? AND e.slug = ? AND o.slug = ?', step.id, section, opinion)
      .find((row) => objects.sees(row))
  );
}

function textPage(kind: string, row: OpinionRow | VersionRow, parent: PageLink, desk: Desk): Page {
  const shown = row.trashed_status !== 'INVISIBLE';
  return {
    kind,
    id: row.id,
    title: shown ? row.title : 'Contribution modérée',
    ...(shown ? { html: row.body } : {}),
    facts: [
      ['Auteur', desk.objects.user(row.author_id).username ?? 'Utilisateur supprimé'],
      ['Date', day.format(row.created_at)],
    ],
    parent,
  };
}

function opinionPage(desk: Desk, slugs: readonly string[]): Page | undefined {
  const row = opinionOf(desk, slugs);
  if (!row) return undefined;
  const consultation = desk.objects.consultation(row.consultation_id);
  return textPage('opinion', row, { title: consultation.title, url: desk.links.consultation(consultation) }, desk);
}

function versionPage(desk: Desk, slugs: readonly string[]): Page | undefined {
  const opinion = opinionOf(desk, slugs);
  const { objects, links } = desk;
  const row =
    opinion && objects.list<VersionRow>('version', 'WHERE o.id = ? AND v.slug = ?', opinion.id, slugs[4] ?? '')[0];
  return row && objects.sees(row)
    ? textPage('version', row, { title: opinion.title, url: links.opinion(opinion) }, desk)
    : undefined;
}

function eventPage({ objects, sql }: Desk, [name = '']: readonly string[]): Page | undefined {
  const event = objects.list<EventRow>('event', 'WHERE v.slug = ?', name).find((row) => objects.sees(row));
  if (!event) return undefined;
  const text = sql.get<{ title: string; body: string }>(
    "SELECT title, body FROM event_translation WHERE event_id = ? ORDER BY locale = 'fr-FR' DESC",
    event.id,
  );
  return {
    kind: 'event',
    id: event.id,
    title: text?.title ?? '',
    html: text?.body ?? '',
    facts: [
      ['Début', hour.format(event.start_at)],
      ...(event.end_at === null ? [] : [['Fin', hour.format(event.end_at)] as const]),
      ...(event.address === null ? [] : [['Lieu', event.address] as const]),
    ],
  };
}

function themePage({ sql, objects, links }: Desk, [name = '']: readonly string[]): Page | undefined {
  const theme = sql.get<{ id: string; title: string; body: string }>('SELECT * FROM theme WHERE slug = ?', name);
  return (
    theme && {
      kind: 'theme',
      id: theme.id,
      title: theme.title,
      html: theme.body,
      facts: [],
      children: objects
        .list<ProjectRow>(
          'project',
          'WHERE p.id IN (SELECT project_id FROM project_theme WHERE theme_id = ?)',
          theme.id,
        )
        .filter((project) => objects.sees(project))
        .map((project) => ({ title: project.title, url: links.project(project) })),
    }
  );
}

function userPage({ objects }: Desk, [name = '']: readonly string[]): Page | undefined {
  const user = objects.list<UserRow & { biography: string | null }>('user', 'WHERE u.slug = ?', name)[0];
  return (
    user && {
      kind: 'user',
      id: user.id,
      title: user.username ?? 'Utilisateur supprimé',
      facts: [],
      html: user.biography ?? '',
    }
  );
}
