import type { Objects } from './objects.js';
import type { Sql, Value } from './database.js';
import type {
  ConsultationRow,
  OpinionRow,
  ProjectRow,
  ProposalRow,
  RemarkRow,
  SectionRow,
  StepRow,
  StepType,
  VersionRow,
} from './rows.js';

/** How the address of a step names its kind. */
export const stepPaths: Record<StepType, string> = {
  CollectStep: 'collect',
  SelectionStep: 'selection',
  ConsultationStep: 'consultation',
  QuestionnaireStep: 'questionnaire',
  DebateStep: 'debate',
  PresentationStep: 'presentation',
  OtherStep: 'step',
  RankingStep: 'ranking',
};

export function mediaPath(media: { readonly kind: string; readonly slug: string }): string {
  return `/media/${media.kind}/${media.slug}.svg`;
}

/** The addresses of objects on the platform. `prefix` is the language, on a platform with several. */
export class Links {
  readonly #base: string;

  constructor(
    readonly host: string,
    prefix: string,
    readonly objects: Objects,
    readonly sql: Sql,
  ) {
    this.#base = host + prefix;
  }

  project = ({ slug }: Pick<ProjectRow, 'slug'>): string => `${this.#base}/project/${slug}`;

  step = (step: StepRow): string =>
    `${this.project(this.objects.project(step.project_id))}/${stepPaths[step.type]}/${step.slug}`;

  proposal = (proposal: ProposalRow): string => {
    const project = this.objects.project(proposal.project_id);
    const step = this.objects.step(proposal.step_id);
    return `${this.#base}/projects/${project.slug}/collect/${step.slug}/proposals/${proposal.slug}`;
  };

  consultation = (consultation: ConsultationRow): string =>
    `${this.step(this.objects.step(consultation.step_id))}/consultation/${consultation.slug}`;

  section = (section: SectionRow): string => `${this.step(this.objects.step(section.step_id))}/types/${section.slug}`;

  opinion = (opinion: OpinionRow): string => {
    const project = this.objects.project(opinion.project_id);
    const step = this.objects.step(opinion.step_id);
    const section = this.objects.section(opinion.section_id);
    return `${this.#base}/projects/${project.slug}/consultation/${step.slug}/opinions/${section.slug}/${opinion.slug}`;
  };

  version = (version: VersionRow): string =>
    `${this.opinion(this.objects.opinion(version.opinion_id))}/versions/${version.slug}`;

  remark = (remark: RemarkRow): string => {
    const parent =
      remark.version_id === null
        ? this.opinion(this.objects.opinion(remark.opinion_id))
        : this.version(this.objects.version(remark.version_id));
    return `${parent}#${remark.__typename === 'Argument' ? 'arg' : 'source'}_${remark.id}`;
  };

  event = ({ slug }: { readonly slug: string }): string => `${this.#base}/events/${slug}`;

  theme = ({ slug }: { readonly slug: string }): string => `${this.#base}/themes/${slug}`;

  user = ({ slug }: { readonly slug: string }): string => `${this.#base}/profile/${slug}`;

  /** Where somebody completes what a step requires, for a vote that waits for it. */
  requirements = (stepId: string, voteId: number): string =>
    `${this.#base}/requirements/step/${stepId}/contribution/${voteId}`;

  media = (id: Value): string | null => {
    const media =
      id === null ? undefined : this.sql.get<{ kind: string; slug: string }>('SELECT * FROM media WHERE id = ?', id);
    return media ? this.host + mediaPath(media) : null;
  };
}
