import type { Sql, Value } from './database.js';
import { parseId } from './ids.js';
import type {
  ConsultationRow,
  EventRow,
  ParticipantRow,
  OpinionRow,
  ProjectRow,
  ProposalFormRow,
  ProposalRow,
  QuestionnaireRow,
  SectionRow,
  StepRow,
  UserRow,
  VersionRow,
} from './rows.js';
import { canSeeProject, isAdmin } from './rules/access.js';

/** A row that knows which GraphQL type it is. */
export interface TypedRow {
  readonly __typename: string;
  readonly id: string | number;
}

const inConsultation = `JOIN section e ON e.id = o.section_id JOIN consultation c ON c.id = e.consultation_id
  JOIN step s ON s.id = c.step_id`;
const placeColumns = `s.project_id, s.id AS step_id, c.id AS consultation_id, o.section_id`;

/** How each kind of object is read; lists add their own conditions to the same columns. */
export const sources = {
  project: { columns: "'Project' AS __typename, p.*", from: 'project p', id: 'p.id' },
  step: { columns: 's.type AS __typename, s.*', from: 'step s', id: 's.id' },
  proposal: {
    columns: "'Proposal' AS __typename, p.*, s.project_id, s.id AS step_id",
    from: 'proposal p JOIN proposal_form f ON f.id = p.form_id JOIN step s ON s.id = f.step_id',
    id: 'p.id',
  },
  form: {
    columns: "'ProposalForm' AS __typename, f.*, s.project_id",
    from: 'proposal_form f JOIN step s ON s.id = f.step_id',
    id: 'f.id',
  },
  proposalDistrict: { columns: "'ProposalDistrict' AS __typename, d.*", from: 'proposal_district d', id: 'd.id' },
  globalDistrict: { columns: "'GlobalDistrict' AS __typename, d.*", from: 'global_district d', id: 'd.id' },
  consultation: {
    columns: "'Consultation' AS __typename, c.*, s.project_id",
    from: 'consultation c JOIN step s ON s.id = c.step_id',
    id: 'c.id',
  },
  section: {
    columns: "'Section' AS __typename, e.*, s.project_id, s.id AS step_id",
    from: 'section e JOIN consultation c ON c.id = e.consultation_id JOIN step s ON s.id = c.step_id',
    id: 'e.id',
  },
  opinion: {
    columns: "'Opinion' AS __typename, o.*, s.project_id, s.id AS step_id, c.id AS consultation_id",
    from: `opinion o ${inConsultation}`,
    id: 'o.id',
  },
  version: {
    columns: `'Version' AS __typename, v.*, ${placeColumns}`,
    from: `version v JOIN opinion o ON o.id = v.opinion_id ${inConsultation}`,
    id: 'v.id',
  },
  argument: {
    columns: `'Argument' AS __typename, a.*, ${placeColumns}`,
    from: `argument a JOIN opinion o ON o.id = a.opinion_id ${inConsultation}`,
    id: 'a.id',
  },
  source: {
    columns: `'Source' AS __typename, a.*, ${placeColumns}`,
    from: `source a JOIN opinion o ON o.id = a.opinion_id ${inConsultation}`,
    id: 'a.id',
  },
  questionnaire: {
    columns: "'Questionnaire' AS __typename, q.*, s.project_id",
    from: 'questionnaire q JOIN step s ON s.id = q.step_id',
    id: 'q.id',
  },
  question: {
    columns: `CASE WHEN n.type IN ('radio', 'select', 'checkbox', 'ranking', 'button')
      THEN 'MultipleChoiceQuestion' ELSE 'SimpleQuestion' END AS __typename, n.*, s.project_id`,
    from: 'question n JOIN questionnaire q ON q.id = n.questionnaire_id JOIN step s ON s.id = q.step_id',
    id: 'n.id',
  },
  reply: {
    columns: "'Reply' AS __typename, r.*, s.project_id, s.id AS step_id",
    from: 'reply r JOIN questionnaire q ON q.id = r.questionnaire_id JOIN step s ON s.id = q.step_id',
    id: 'r.id',
  },
  event: { columns: "'Event' AS __typename, v.*", from: 'event v', id: 'v.id' },
  comment: { columns: "'Comment' AS __typename, m.*", from: 'comment m', id: 'm.id' },
  user: { columns: "'User' AS __typename, u.*", from: 'user u', id: 'u.id' },
  participant: { columns: "'Participant' AS __typename, t.*", from: 'participant t', id: 't.id' },
} as const;

export type Kind = keyof typeof sources;

/** The types that global ids carry. A base class stands for all its kinds. */
const kindOfType: Record<string, Kind> = {
  Project: 'project',
  AbstractStep: 'step',
  CollectStep: 'step',
  SelectionStep: 'step',
  ConsultationStep: 'step',
  QuestionnaireStep: 'step',
  DebateStep: 'step',
  Proposal: 'proposal',
  District: 'proposalDistrict',
  GlobalDistrict: 'globalDistrict',
  Consultation: 'consultation',
  Section: 'section',
  Opinion: 'opinion',
  Version: 'version',
  Argument: 'argument',
  Source: 'source',
  Questionnaire: 'questionnaire',
  Question: 'question',
  Reply: 'reply',
  Event: 'event',
  Comment: 'comment',
  User: 'user',
};

/** Reads objects, once each, and knows which of them the viewer may see. */
export class Objects {
  readonly #rows = new Map<string, TypedRow | undefined>();
  readonly #visible = new Map<string, boolean>();

  constructor(
    readonly sql: Sql,
    readonly viewer: UserRow | undefined,
  ) {}

  project = (id: Value): ProjectRow => this.#need('project', id);
  step = (id: Value): StepRow => this.#need('step', id);
  proposal = (id: Value): ProposalRow => this.#need('proposal', id);
  form = (id: Value): ProposalFormRow => this.#need('form', id);
  consultation = (id: Value): ConsultationRow => this.#need('consultation', id);
  section = (id: Value): SectionRow => this.#need('section', id);
  opinion = (id: Value): OpinionRow => this.#need('opinion', id);
  version = (id: Value): VersionRow => this.#need('version', id);
  questionnaire = (id: Value): QuestionnaireRow => this.#need('questionnaire', id);
  event = (id: Value): EventRow => this.#need('event', id);
  user = (id: Value): UserRow => this.#need('user', id);
  participant = (id: Value): ParticipantRow => this.#need('participant', id);

  read<T extends TypedRow>(kind: Kind, id: Value): T | undefined {
    if (id === null) return undefined;
    const name = `${kind}:${id}`;
    if (!this.#rows.has(name)) this.#rows.set(name, this.list<T>(kind, `WHERE ${sources[kind].id} = ?`, id)[0]);
    // The name starts with the kind, and the kind decides the shape of the row.
    return this.#rows.get(name) as T | undefined;
  }

  /** All rows of a kind that fit a condition on its columns. */
  list<T extends TypedRow>(kind: Kind, rest: string, ...values: readonly Value[]): T[] {
    const { columns, from } = sources[kind];
    return this.sql.all<T>(`SELECT ${columns} FROM ${from} ${rest}`, ...values);
  }

  stepsOf(projectId: string): StepRow[] {
    return this.list('step', 'WHERE s.project_id = ? ORDER BY s.position', projectId);
  }

  /** The object of a global or raw id, if the viewer may see it. */
  find(text: string): TypedRow | undefined {
    const { type, id } = parseId(text);
    const kind = type === undefined ? undefined : kindOfType[type];
    if (type !== undefined && kind === undefined) return undefined;
    const kinds = kind ? [kind] : Object.values(kindOfType).filter((value, i, all) => all.indexOf(value) === i);
    for (const candidate of [...kinds, ...(kind ? [] : ['form' as const])]) {
      const row = this.read(candidate, id);
      if (!row || (candidate === 'step' && !isStepOf(row, type))) continue;
      return this.sees(row) ? row : undefined;
    }
    return undefined;
  }

  /** The same, for an id that must be of one of these types. */
  findTyped<T extends TypedRow>(text: string, ...types: readonly T['__typename'][]): T | undefined {
    const row = this.find(text);
    // The type was compared with the names of `T`.
    return row && types.includes(row.__typename) ? (row as T) : undefined;
  }

  sees(row: TypedRow): boolean {
    const { project_id: projectId, author_id: author, draft, deleted_at: deleted, published_at: published } =
      // Columns that some kinds have and others lack.
      row as TypedRow & Partial<Record<'project_id' | 'author_id' | 'draft' | 'deleted_at' | 'published_at', Value>>;
    if (deleted && row.__typename !== 'Event') return false;
    if (typeof projectId === 'string' && !this.#seesProject(projectId)) return false;
    if (row.__typename === 'Project' && !this.#seesProject(String(row.id))) return false;
    if ((draft || published === null) && !isAdmin(this.viewer) && author !== this.viewer?.id) return false;
    // What a citizen proposes waits for somebody of the town to look at it.
    if ((row as Partial<EventRow>).review_status === 'AWAITING' && !isAdmin(this.viewer) && author !== this.viewer?.id)
      return false;
    if (row.__typename === 'User' || row.__typename === 'Event') {
      return Boolean((row as TypedRow & { enabled: number }).enabled) && !deleted;
    }
    return true;
  }

  #seesProject(id: string): boolean {
    let visible = this.#visible.get(id);
    if (visible === undefined) {
      visible = canSeeProject(this.sql, this.project(id), this.viewer);
      this.#visible.set(id, visible);
    }
    return visible;
  }

  #need<T extends TypedRow>(kind: Kind, id: Value): T {
    const row = this.read<T>(kind, id);
    if (!row) throw new Error(`No ${kind} ${id}`);
    return row;
  }
}

function isStepOf(row: TypedRow, type: string | undefined): boolean {
  return type === undefined || type === 'AbstractStep' || row.__typename === type;
}
