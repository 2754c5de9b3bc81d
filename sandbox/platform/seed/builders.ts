import type { People } from './people.js';
import { center, type Places } from './places.js';
import { need, slugOf, type Fields, type Seeding } from './seeding.js';

/** What the parts of the seed share. */
export interface Town {
  readonly seeding: Seeding;
  readonly people: People;
  readonly places: Places;
}

export interface ProjectSeed {
  readonly key: string;
  readonly title: string;
  readonly type: string;
  readonly themes?: readonly string[];
  readonly districts?: readonly string[];
  /** Days from today on which it was published. */
  readonly published: number;
  readonly cover?: boolean;
  readonly fields?: Fields;
}

export function addProject({ seeding, people, places }: Town, project: ProjectSeed): string {
  const { key, title, type, themes = [], districts = [], published, cover = true, fields = {} } = project;
  const slug = slugOf(title);
  const at = seeding.day(published);
  const id = seeding.add('project', key, {
    slug,
    title,
    type_id: need(places.types, type),
    media_id: cover ? seeding.picture('projet', slug, title) : null,
    owner_id: people.town,
    created_at: at - 86_400_000,
    published_at: at,
    ...fields,
  });
  seeding.insert('project_author', { project_id: id, user_id: people.town });
  for (const theme of themes) {
    seeding.insert('project_theme', { project_id: id, theme_id: need(places.themes, theme) });
  }
  for (const district of districts) {
    seeding.insert('project_district', { project_id: id, district_id: need(places.districts, district) });
  }
  return id;
}

export interface StepSeed {
  readonly type: string;
  readonly title: string;
  /** Days from today; the step starts in the morning of the first and ends in the evening of the last. */
  readonly start?: number;
  readonly end?: number;
  readonly fields?: Fields;
}

/** Writes the steps of a project in their order, and gives their ids. */
export function addSteps(
  { seeding }: Town,
  projectKey: string,
  projectId: string,
  steps: readonly StepSeed[],
): string[] {
  return steps.map(({ type, title, start, end, fields = {} }, i) =>
    seeding.add('step', `${projectKey}/${i + 1}`, {
      project_id: projectId,
      type,
      position: i + 1,
      slug: slugOf(title),
      title,
      label: title,
      start_at: start === undefined ? null : seeding.day(start, 9),
      end_at: end === undefined ? null : seeding.day(end, 23, 59),
      ...fields,
    }),
  );
}

export interface FormSeed {
  readonly key: string;
  readonly stepId: string;
  readonly title: string;
  readonly reference: string;
  readonly categories: readonly (readonly [name: string, color: string, icon: string])[];
  /** With these, proposals are placed on the map. */
  readonly districts?: readonly (readonly [slug: string, name: string])[];
  readonly fields?: Fields;
}

export interface Form {
  readonly id: string;
  readonly key: string;
  readonly categories: ReadonlyMap<string, string>;
  readonly districts: ReadonlyMap<string, string>;
}

export function addForm({ seeding }: Town, form: FormSeed): Form {
  const { key, stepId, title, reference, categories, districts = [], fields = {} } = form;
  const id = seeding.add('proposal_form', key, { step_id: stepId, title, reference, ...fields });
  return {
    id,
    key,
    categories: new Map(
      categories.map(([name, color, icon]) => [
        name,
        seeding.add('proposal_category', `${key}/${name}`, {
          form_id: id,
          name,
          color,
          icon,
          media_id: seeding.picture('categorie', `${slugOf(key)}-${slugOf(name)}`, name),
        }),
      ]),
    ),
    districts: new Map(
      districts.map(([slug, name], position) => [
        slug,
        seeding.add('proposal_district', `${key}/${slug}`, { form_id: id, slug, name, title_on_map: name, position }),
      ]),
    ),
  };
}

export interface ProposalSeed {
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly category?: string;
  readonly theme?: string;
  readonly district?: string;
  readonly address?: string;
  readonly estimation?: number | null;
  readonly fields?: Fields;
}

/** Writes proposals in the order of their references, within a span of days, and gives their ids. */
export function addProposals(
  { seeding, people, places }: Town,
  form: Form,
  proposals: readonly ProposalSeed[],
  [first, last]: readonly [number, number],
): string[] {
  const authors = seeding.shuffled([...people.citizens.slice(0, 120), ...people.associations]);
  return proposals.map((proposal, i) => {
    const { title, summary, body, category, theme, district, address, estimation, fields = {} } = proposal;
    const slug = slugOf(title);
    const at = seeding.day(Math.round(first + ((last - first) * i) / proposals.length), 8 + (i % 13), (i * 17) % 60);
    return seeding.add('proposal', `${form.key}/${slug}`, {
      form_id: form.id,
      reference: i + 1,
      slug,
      title,
      summary,
      body,
      author_id: authors[i % authors.length],
      category_id: category === undefined ? null : need(form.categories, category),
      theme_id: theme === undefined ? null : need(places.themes, theme),
      district_id: district === undefined ? null : need(form.districts, district),
      media_id: seeding.picture('proposition', `${slugOf(form.key)}-${slug}`.slice(0, 90).replace(/-+$/, ''), title),
      estimation: estimation ?? null,
      address: address ?? null,
      ...(address === undefined ? {} : spot(seeding)),
      created_at: at,
      published_at: at,
      ...fields,
    });
  });
}

/** Somewhere in Valmont. */
function spot(seeding: Seeding): Fields {
  return {
    lat: Number((center.lat + (seeding.chance() - 0.5) * 0.04).toFixed(5)),
    lng: Number((center.lng + (seeding.chance() - 0.5) * 0.06).toFixed(5)),
  };
}

export function selectAll({ seeding }: Town, stepId: string, proposals: readonly string[], statusId?: string): void {
  for (const proposal of proposals) {
    seeding.insert('proposal_selection', { proposal_id: proposal, step_id: stepId, status_id: statusId });
  }
}

export interface VoteSeed {
  readonly proposal: string;
  readonly step: string;
  readonly user: string;
  readonly at: number;
  readonly ranking?: number;
  readonly fields?: Fields;
}

export function addVote({ seeding }: Town, { proposal, step, user, at, ranking, fields = {} }: VoteSeed): void {
  seeding.insert('proposal_vote', {
    proposal_id: proposal,
    step_id: step,
    user_id: user,
    // Most people keep their vote to themselves, as the platform proposes.
    anonymous: seeding.chance() < 0.7 ? 1 : 0,
    ranking,
    created_at: at,
    published_at: at,
    ...fields,
  });
}

/** A few proposals for a ballot: the first ones are the more liked. */
export function choose(seeding: Seeding, proposals: readonly string[], count: number): string[] {
  const keyed = proposals.map((proposal, i) => ({ proposal, key: seeding.chance() ** (1 + i * 0.16) }));
  return keyed
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map(({ proposal }) => proposal);
}
