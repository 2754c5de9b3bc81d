/** The rows that rules and resolvers look into; instants in milliseconds, booleans as 0 and 1. */

export type Bit = 0 | 1;

export interface UserRow {
  readonly __typename: 'User';
  readonly id: string;
  readonly slug: string;
  readonly username: string | null;
  readonly email: string | null;
  readonly email_confirmed_at: number | null;
  readonly role: 'USER' | 'PROJECT_ADMIN' | 'ADMIN' | 'SUPER_ADMIN';
  readonly enabled: Bit;
  readonly user_type_id: string | null;
  readonly media_id: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly date_of_birth: number | null;
  readonly zip_code: string | null;
  readonly phone: string | null;
  readonly phone_confirmed: Bit;
  readonly postal_address: string | null;
  readonly user_identification_code: string | null;
  readonly is_france_connect_account: Bit;
  readonly consent_privacy_policy: Bit;
  readonly consent_internal_communication: Bit;
  readonly password_hash: string | null;
}

/** Somebody without an account. What both have bears the same name. */
export interface ParticipantRow extends Pick<
  UserRow,
  | 'id'
  | 'email'
  | 'email_confirmed_at'
  | 'firstname'
  | 'lastname'
  | 'date_of_birth'
  | 'zip_code'
  | 'phone'
  | 'phone_confirmed'
  | 'postal_address'
  | 'user_identification_code'
  | 'consent_privacy_policy'
  | 'consent_internal_communication'
> {
  readonly __typename: 'Participant';
  readonly token: string;
}

export type VoterRow = UserRow | ParticipantRow;

export interface ProjectRow {
  readonly __typename: 'Project';
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string | null;
  readonly meta_description: string | null;
  readonly media_id: string | null;
  readonly type_id: string | null;
  readonly owner_id: string;
  readonly visibility: 'PUBLIC' | 'ADMIN' | 'ME' | 'CUSTOM';
  readonly archived: Bit;
  readonly locale: string | null;
  readonly address: string | null;
  readonly is_external: Bit;
  readonly external_link: string | null;
}

export type StepType =
  | 'CollectStep'
  | 'SelectionStep'
  | 'ConsultationStep'
  | 'QuestionnaireStep'
  | 'DebateStep'
  | 'PresentationStep'
  | 'OtherStep'
  | 'RankingStep';

export interface StepRow {
  readonly __typename: StepType;
  readonly id: string;
  readonly type: StepType;
  readonly project_id: string;
  readonly position: number;
  readonly slug: string;
  readonly title: string;
  readonly body: string | null;
  readonly media_id: string | null;
  readonly start_at: number | null;
  readonly end_at: number | null;
  readonly timeless: Bit;
  readonly enabled: Bit;
  readonly vote_type: 'DISABLED' | 'SIMPLE' | 'BUDGET';
  readonly votes_limit: number | null;
  readonly votes_min: number | null;
  readonly votes_ranking: Bit;
  readonly vote_threshold: number | null;
  readonly budget: number | null;
  readonly is_secret_ballot: Bit;
  readonly published_vote_date: number | null;
  readonly proposal_archived_time: number;
  readonly proposal_archived_unit_time: 'DAYS' | 'MONTHS';
  readonly requirements_reason: string | null;
}

export interface RequirementRow {
  readonly __typename: string;
  readonly id: string;
  readonly step_id: string;
  readonly type: string;
  readonly label: string | null;
}

export interface ProposalFormRow {
  readonly __typename: 'ProposalForm';
  readonly id: string;
  readonly step_id: string;
  readonly reference: string;
  readonly object_type: 'PROPOSAL' | 'QUESTION' | 'OPINION';
}

/** What every contribution has. `project_id` and `step_id` come from its step. */
export interface ContributionRow {
  readonly id: string;
  readonly project_id: string;
  readonly step_id: string;
  readonly author_id: string;
  readonly created_at: number;
  readonly published_at: number | null;
  readonly trashed_at: number | null;
  readonly trashed_status: 'VISIBLE' | 'INVISIBLE' | null;
  readonly trashed_reason: string | null;
}

export interface ProposalRow extends ContributionRow {
  readonly __typename: 'Proposal';
  readonly form_id: string;
  readonly reference: number;
  readonly slug: string;
  readonly title: string;
  readonly summary: string | null;
  readonly body: string | null;
  readonly theme_id: string | null;
  readonly category_id: string | null;
  readonly district_id: string | null;
  readonly status_id: string | null;
  readonly media_id: string | null;
  readonly address: string | null;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly estimation: number | null;
  readonly is_archived: Bit;
  readonly draft: Bit;
  readonly deleted_at: number | null;
}

export interface OpinionRow extends ContributionRow {
  readonly __typename: 'Opinion';
  readonly section_id: string;
  readonly consultation_id: string;
  readonly slug: string;
  readonly title: string;
  readonly body: string;
}

export interface VersionRow extends ContributionRow {
  readonly __typename: 'Version';
  readonly opinion_id: string;
  readonly section_id: string;
  readonly consultation_id: string;
  readonly slug: string;
  readonly title: string;
  readonly body: string;
}

/** An argument or a source: both stand under an opinion, or under one of its versions. */
export interface RemarkRow extends ContributionRow {
  readonly __typename: 'Argument' | 'Source';
  readonly opinion_id: string;
  readonly version_id: string | null;
  readonly section_id: string;
  readonly consultation_id: string;
  readonly category_id?: string | null;
}

export interface SectionRow {
  readonly __typename: 'Section';
  readonly id: string;
  readonly consultation_id: string;
  readonly parent_id: string | null;
  readonly step_id: string;
  readonly project_id: string;
  readonly slug: string;
  readonly title: string;
  readonly enabled: Bit;
}

export interface ConsultationRow {
  readonly __typename: 'Consultation';
  readonly id: string;
  readonly step_id: string;
  readonly project_id: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string | null;
  readonly media_id: string | null;
}

export interface QuestionnaireRow {
  readonly __typename: 'Questionnaire';
  readonly id: string;
  readonly step_id: string;
  readonly project_id: string;
  readonly title: string;
  readonly private_result: Bit;
}

export interface QuestionRow {
  readonly __typename: 'SimpleQuestion' | 'MultipleChoiceQuestion';
  readonly id: string;
  readonly questionnaire_id: string;
  readonly project_id: string;
  readonly position: number;
}

export interface ReplyRow {
  readonly __typename: 'Reply';
  readonly id: string;
  readonly questionnaire_id: string;
  readonly step_id: string;
  readonly project_id: string;
  readonly author_id: string | null;
  readonly private: Bit;
  readonly draft: Bit;
  readonly published_at: number | null;
}

export interface EventRow {
  readonly __typename: 'Event';
  readonly id: string;
  readonly slug: string;
  readonly author_id: string | null;
  readonly start_at: number;
  readonly end_at: number | null;
  readonly enabled: Bit;
  readonly guest_list_enabled: Bit;
  readonly max_registrations: number | null;
  readonly review_status: string | null;
  readonly media_id: string | null;
  readonly address: string | null;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly deleted_at: number | null;
}

/** A vote of any kind; the columns that only ballots for proposals have are null elsewhere. */
export interface VoteRow {
  readonly __typename: 'ProposalVote' | 'OpinionVote' | 'VersionVote' | 'ArgumentVote' | 'SourceVote';
  readonly id: number;
  readonly project_id: string;
  readonly step_id: string;
  readonly object_id: string;
  /** Nobody's for the vote of a participant. */
  readonly user_id: string | null;
  readonly participant_id: string | null;
  readonly anonymous: Bit;
  readonly is_accounted: Bit;
  readonly created_at: number;
  readonly published_at: number | null;
}

export interface ProposalVoteRow extends VoteRow {
  readonly __typename: 'ProposalVote';
  readonly proposal_id: string;
  readonly completion_status: 'COMPLETED' | 'MISSING_REQUIREMENTS';
  readonly ranking: number | null;
}
