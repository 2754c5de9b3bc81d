-- The sandbox platform's database. Instants are milliseconds since 1970; booleans are 0 and 1.

-- The platform itself

CREATE TABLE feature_flag (type TEXT PRIMARY KEY, enabled INTEGER NOT NULL DEFAULT 0);

CREATE TABLE site_parameter (
  keyname TEXT PRIMARY KEY,
  value TEXT,
  is_translatable INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE site_color (keyname TEXT PRIMARY KEY, value TEXT);

CREATE TABLE locale (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  traduction_key TEXT NOT NULL,
  is_enabled INTEGER NOT NULL,
  is_published INTEGER NOT NULL,
  is_default INTEGER NOT NULL,
  position INTEGER NOT NULL
);

CREATE TABLE translation (
  object_id TEXT NOT NULL,
  locale TEXT NOT NULL REFERENCES locale (code),
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (object_id, locale, field)
);

CREATE TABLE sso_configuration (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  profile_path TEXT,
  redirect_path TEXT NOT NULL,
  environment TEXT NOT NULL DEFAULT 'NONE',
  disconnect_sso_on_logout INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE media (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  UNIQUE (kind, slug)
);

-- People

CREATE TABLE user_type (id TEXT PRIMARY KEY, name TEXT NOT NULL);

CREATE TABLE user (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  username TEXT,
  email TEXT UNIQUE COLLATE NOCASE,
  email_confirmed_at INTEGER,
  password_hash TEXT,
  role TEXT NOT NULL DEFAULT 'USER' CHECK (role IN ('USER', 'PROJECT_ADMIN', 'ADMIN', 'SUPER_ADMIN')),
  enabled INTEGER NOT NULL DEFAULT 1,
  vip INTEGER NOT NULL DEFAULT 0,
  user_type_id TEXT REFERENCES user_type (id),
  media_id TEXT REFERENCES media (id),
  biography TEXT,
  website_url TEXT,
  firstname TEXT,
  lastname TEXT,
  date_of_birth INTEGER,
  zip_code TEXT,
  phone TEXT,
  phone_confirmed INTEGER NOT NULL DEFAULT 0,
  postal_address TEXT,
  user_identification_code TEXT,
  is_france_connect_account INTEGER NOT NULL DEFAULT 0,
  consent_privacy_policy INTEGER NOT NULL DEFAULT 0,
  consent_internal_communication INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER
);

-- People who take part without an account; whoever holds the token is one of them.
CREATE TABLE participant (
  id TEXT PRIMARY KEY,
  token TEXT NOT NULL UNIQUE CHECK (length(token) = 32),
  email TEXT,
  email_confirmed_at INTEGER,
  firstname TEXT,
  lastname TEXT,
  date_of_birth INTEGER,
  zip_code TEXT,
  phone TEXT,
  phone_confirmed INTEGER NOT NULL DEFAULT 0,
  postal_address TEXT,
  user_identification_code TEXT,
  consent_privacy_policy INTEGER NOT NULL DEFAULT 0,
  consent_internal_communication INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
);

CREATE TABLE public_api_token (
  token TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE
);

-- Projects

CREATE TABLE theme (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  teaser TEXT,
  body TEXT,
  media_id TEXT REFERENCES media (id),
  position INTEGER NOT NULL
);

CREATE TABLE global_district (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  title_on_map TEXT,
  description TEXT,
  geojson TEXT,
  displayed_on_map INTEGER NOT NULL DEFAULT 1,
  media_id TEXT REFERENCES media (id),
  position INTEGER NOT NULL
);

CREATE TABLE project_type (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  color TEXT NOT NULL
);

CREATE TABLE project (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  description TEXT,
  meta_description TEXT,
  video TEXT,
  media_id TEXT REFERENCES media (id),
  type_id TEXT REFERENCES project_type (id),
  owner_id TEXT NOT NULL REFERENCES user (id),
  visibility TEXT NOT NULL DEFAULT 'PUBLIC' CHECK (visibility IN ('PUBLIC', 'ADMIN', 'ME', 'CUSTOM')),
  archived INTEGER NOT NULL DEFAULT 0,
  locale TEXT REFERENCES locale (code),
  address TEXT,
  header_type TEXT NOT NULL DEFAULT 'FULL_WIDTH',
  step_display_type TEXT NOT NULL DEFAULT 'BULLETTED_LIST',
  cover_filter_opacity_percent INTEGER,
  is_external INTEGER NOT NULL DEFAULT 0,
  external_link TEXT,
  external_votes_count INTEGER,
  external_contributions_count INTEGER,
  external_participants_count INTEGER,
  created_at INTEGER NOT NULL,
  published_at INTEGER NOT NULL
);
CREATE INDEX project_published_at ON project (published_at);

CREATE TABLE project_author (
  project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user (id),
  PRIMARY KEY (project_id, user_id)
) WITHOUT ROWID;

-- The people for whom a project of CUSTOM visibility is open.
CREATE TABLE project_member (
  project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user (id),
  PRIMARY KEY (project_id, user_id)
) WITHOUT ROWID;

CREATE TABLE project_theme (
  project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  theme_id TEXT NOT NULL REFERENCES theme (id),
  PRIMARY KEY (project_id, theme_id)
) WITHOUT ROWID;
CREATE INDEX project_theme_reverse ON project_theme (theme_id);

CREATE TABLE project_district (
  project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  district_id TEXT NOT NULL REFERENCES global_district (id),
  PRIMARY KEY (project_id, district_id)
) WITHOUT ROWID;
CREATE INDEX project_district_reverse ON project_district (district_id);

-- Steps: one table for every kind, as their type decides which columns mean something.

CREATE TABLE step (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (
    type IN (
      'CollectStep', 'SelectionStep', 'ConsultationStep', 'QuestionnaireStep',
      'DebateStep', 'PresentationStep', 'OtherStep', 'RankingStep'
    )
  ),
  position INTEGER NOT NULL,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  label TEXT NOT NULL,
  body TEXT,
  meta_description TEXT,
  media_id TEXT REFERENCES media (id),
  start_at INTEGER,
  end_at INTEGER,
  timeless INTEGER NOT NULL DEFAULT 0,
  enabled INTEGER NOT NULL DEFAULT 1,
  vote_type TEXT NOT NULL DEFAULT 'DISABLED' CHECK (vote_type IN ('DISABLED', 'SIMPLE', 'BUDGET')),
  votes_limit INTEGER,
  votes_min INTEGER,
  votes_ranking INTEGER NOT NULL DEFAULT 0,
  votes_help_text TEXT,
  vote_threshold INTEGER,
  vote_button_icon TEXT NOT NULL DEFAULT 'THUMB_UP',
  action_button_label TEXT NOT NULL DEFAULT 'VOTE',
  budget REAL,
  is_secret_ballot INTEGER NOT NULL DEFAULT 0,
  published_vote_date INTEGER,
  default_sort TEXT,
  main_view TEXT NOT NULL DEFAULT 'GRID',
  sub_type TEXT,
  allowing_progress_steps INTEGER NOT NULL DEFAULT 0,
  proposal_archived_time INTEGER NOT NULL DEFAULT 0,
  proposal_archived_unit_time TEXT NOT NULL DEFAULT 'MONTHS',
  requirements_reason TEXT,
  footer TEXT,
  is_anonymous_participation_allowed INTEGER NOT NULL DEFAULT 0,
  UNIQUE (project_id, slug),
  UNIQUE (project_id, position)
);

CREATE TABLE requirement (
  id TEXT PRIMARY KEY,
  step_id TEXT NOT NULL REFERENCES step (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  label TEXT,
  position INTEGER NOT NULL,
  UNIQUE (step_id, position)
);

-- The boxes that people have ticked.
CREATE TABLE user_requirement (
  user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  requirement_id TEXT NOT NULL REFERENCES requirement (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, requirement_id)
) WITHOUT ROWID;

-- Proposals

CREATE TABLE proposal_form (
  id TEXT PRIMARY KEY,
  step_id TEXT NOT NULL UNIQUE REFERENCES step (id) ON DELETE CASCADE,
  reference TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  description TEXT,
  object_type TEXT NOT NULL DEFAULT 'PROPOSAL',
  costable INTEGER NOT NULL DEFAULT 0,
  commentable INTEGER NOT NULL DEFAULT 1,
  using_themes INTEGER NOT NULL DEFAULT 1,
  using_categories INTEGER NOT NULL DEFAULT 1,
  using_district INTEGER NOT NULL DEFAULT 1,
  using_address INTEGER NOT NULL DEFAULT 1,
  using_summary INTEGER NOT NULL DEFAULT 1,
  using_description INTEGER NOT NULL DEFAULT 1,
  using_illustration INTEGER NOT NULL DEFAULT 1,
  is_grid_view_enabled INTEGER NOT NULL DEFAULT 1,
  is_list_view_enabled INTEGER NOT NULL DEFAULT 1,
  is_map_view_enabled INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE proposal_category (
  id TEXT PRIMARY KEY,
  form_id TEXT NOT NULL REFERENCES proposal_form (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  color TEXT NOT NULL,
  icon TEXT,
  media_id TEXT REFERENCES media (id),
  UNIQUE (form_id, name)
);

CREATE TABLE proposal_district (
  id TEXT PRIMARY KEY,
  form_id TEXT NOT NULL REFERENCES proposal_form (id) ON DELETE CASCADE,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  title_on_map TEXT,
  description TEXT,
  geojson TEXT,
  displayed_on_map INTEGER NOT NULL DEFAULT 1,
  media_id TEXT REFERENCES media (id),
  position INTEGER NOT NULL,
  UNIQUE (form_id, slug)
);

CREATE TABLE step_status (
  id TEXT PRIMARY KEY,
  step_id TEXT NOT NULL REFERENCES step (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  color TEXT NOT NULL,
  position INTEGER NOT NULL,
  UNIQUE (step_id, position)
);

CREATE TABLE proposal (
  id TEXT PRIMARY KEY,
  form_id TEXT NOT NULL REFERENCES proposal_form (id) ON DELETE CASCADE,
  reference INTEGER NOT NULL,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT,
  body TEXT,
  author_id TEXT NOT NULL REFERENCES user (id),
  theme_id TEXT REFERENCES theme (id),
  category_id TEXT REFERENCES proposal_category (id),
  district_id TEXT REFERENCES proposal_district (id),
  status_id TEXT REFERENCES step_status (id),
  media_id TEXT REFERENCES media (id),
  address TEXT,
  lat REAL,
  lng REAL,
  estimation REAL,
  web_page_url TEXT,
  is_archived INTEGER NOT NULL DEFAULT 0,
  draft INTEGER NOT NULL DEFAULT 0,
  undraft_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  published_at INTEGER,
  trashed_at INTEGER,
  trashed_status TEXT CHECK (trashed_status IN ('VISIBLE', 'INVISIBLE')),
  trashed_reason TEXT,
  deleted_at INTEGER,
  UNIQUE (form_id, reference),
  UNIQUE (form_id, slug)
);
CREATE INDEX proposal_by_date ON proposal (form_id, published_at);
CREATE INDEX proposal_by_author ON proposal (author_id);

CREATE TABLE proposal_selection (
  proposal_id TEXT NOT NULL REFERENCES proposal (id) ON DELETE CASCADE,
  step_id TEXT NOT NULL REFERENCES step (id) ON DELETE CASCADE,
  status_id TEXT REFERENCES step_status (id),
  PRIMARY KEY (proposal_id, step_id)
) WITHOUT ROWID;
CREATE INDEX proposal_selection_by_step ON proposal_selection (step_id);

CREATE TABLE progress_step (
  id TEXT PRIMARY KEY,
  proposal_id TEXT NOT NULL REFERENCES proposal (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  start_at INTEGER NOT NULL,
  end_at INTEGER
);
CREATE INDEX progress_step_by_proposal ON progress_step (proposal_id);

CREATE TABLE official_response (
  id TEXT PRIMARY KEY,
  proposal_id TEXT NOT NULL UNIQUE REFERENCES proposal (id) ON DELETE CASCADE,
  author_id TEXT NOT NULL REFERENCES user (id),
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  published_at INTEGER
);

-- Votes on paper, counted by the town's staff.
CREATE TABLE paper_vote (
  proposal_id TEXT NOT NULL REFERENCES proposal (id) ON DELETE CASCADE,
  step_id TEXT NOT NULL REFERENCES step (id) ON DELETE CASCADE,
  total_count INTEGER NOT NULL,
  total_points_count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (proposal_id, step_id)
) WITHOUT ROWID;

CREATE TABLE proposal_vote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  proposal_id TEXT NOT NULL REFERENCES proposal (id) ON DELETE CASCADE,
  step_id TEXT NOT NULL REFERENCES step (id) ON DELETE CASCADE,
  user_id TEXT REFERENCES user (id) ON DELETE CASCADE,
  participant_id TEXT REFERENCES participant (id) ON DELETE CASCADE,
  anonymous INTEGER NOT NULL DEFAULT 1,
  is_accounted INTEGER NOT NULL DEFAULT 1,
  completion_status TEXT NOT NULL DEFAULT 'COMPLETED'
    CHECK (completion_status IN ('COMPLETED', 'MISSING_REQUIREMENTS')),
  ranking INTEGER,
  created_at INTEGER NOT NULL,
  published_at INTEGER,
  UNIQUE (user_id, proposal_id, step_id),
  UNIQUE (participant_id, proposal_id, step_id),
  CHECK ((user_id IS NULL) <> (participant_id IS NULL))
);
CREATE INDEX proposal_vote_by_proposal ON proposal_vote (proposal_id, step_id);
CREATE INDEX proposal_vote_by_step ON proposal_vote (step_id, user_id);

-- Consultations

CREATE TABLE consultation (
  id TEXT PRIMARY KEY,
  step_id TEXT NOT NULL REFERENCES step (id) ON DELETE CASCADE,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  media_id TEXT REFERENCES media (id),
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  UNIQUE (step_id, slug)
);

CREATE TABLE section (
  id TEXT PRIMARY KEY,
  consultation_id TEXT NOT NULL REFERENCES consultation (id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES section (id) ON DELETE CASCADE,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  subtitle TEXT,
  description TEXT,
  color TEXT NOT NULL DEFAULT 'green',
  position INTEGER NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  versionable INTEGER NOT NULL DEFAULT 1,
  sourceable INTEGER NOT NULL DEFAULT 1,
  comment_system INTEGER NOT NULL DEFAULT 1,
  vote_widget_type INTEGER NOT NULL DEFAULT 2,
  votes_help_text TEXT,
  votes_threshold INTEGER,
  UNIQUE (consultation_id, slug)
);

CREATE TABLE opinion (
  id TEXT PRIMARY KEY,
  section_id TEXT NOT NULL REFERENCES section (id) ON DELETE CASCADE,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  author_id TEXT NOT NULL REFERENCES user (id),
  pinned INTEGER NOT NULL DEFAULT 0,
  position INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  published_at INTEGER,
  trashed_at INTEGER,
  trashed_status TEXT CHECK (trashed_status IN ('VISIBLE', 'INVISIBLE')),
  trashed_reason TEXT,
  UNIQUE (section_id, slug)
);

CREATE TABLE version (
  id TEXT PRIMARY KEY,
  opinion_id TEXT NOT NULL REFERENCES opinion (id) ON DELETE CASCADE,
  slug TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  comment TEXT,
  author_id TEXT NOT NULL REFERENCES user (id),
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  published_at INTEGER,
  trashed_at INTEGER,
  trashed_status TEXT CHECK (trashed_status IN ('VISIBLE', 'INVISIBLE')),
  trashed_reason TEXT,
  UNIQUE (opinion_id, slug)
);

CREATE TABLE argument (
  id TEXT PRIMARY KEY,
  opinion_id TEXT NOT NULL REFERENCES opinion (id) ON DELETE CASCADE,
  version_id TEXT REFERENCES version (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('FOR', 'AGAINST')),
  body TEXT NOT NULL,
  author_id TEXT NOT NULL REFERENCES user (id),
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  published_at INTEGER,
  trashed_at INTEGER,
  trashed_status TEXT CHECK (trashed_status IN ('VISIBLE', 'INVISIBLE')),
  trashed_reason TEXT
);
CREATE INDEX argument_by_opinion ON argument (opinion_id, version_id);

CREATE TABLE source_category (id TEXT PRIMARY KEY, title TEXT NOT NULL UNIQUE);

CREATE TABLE source (
  id TEXT PRIMARY KEY,
  opinion_id TEXT NOT NULL REFERENCES opinion (id) ON DELETE CASCADE,
  version_id TEXT REFERENCES version (id) ON DELETE CASCADE,
  category_id TEXT REFERENCES source_category (id),
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  link TEXT NOT NULL,
  author_id TEXT NOT NULL REFERENCES user (id),
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  published_at INTEGER,
  trashed_at INTEGER,
  trashed_status TEXT CHECK (trashed_status IN ('VISIBLE', 'INVISIBLE')),
  trashed_reason TEXT
);
CREATE INDEX source_by_opinion ON source (opinion_id, version_id);

CREATE TABLE opinion_vote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  opinion_id TEXT NOT NULL REFERENCES opinion (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  value TEXT NOT NULL CHECK (value IN ('YES', 'MITIGE', 'NO')),
  created_at INTEGER NOT NULL,
  published_at INTEGER,
  UNIQUE (opinion_id, user_id)
);

CREATE TABLE version_vote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version_id TEXT NOT NULL REFERENCES version (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  value TEXT NOT NULL CHECK (value IN ('YES', 'MITIGE', 'NO')),
  created_at INTEGER NOT NULL,
  published_at INTEGER,
  UNIQUE (version_id, user_id)
);

CREATE TABLE argument_vote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  argument_id TEXT NOT NULL REFERENCES argument (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  published_at INTEGER,
  UNIQUE (argument_id, user_id)
);

CREATE TABLE source_vote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  published_at INTEGER,
  UNIQUE (source_id, user_id)
);

-- Questionnaires

CREATE TABLE questionnaire (
  id TEXT PRIMARY KEY,
  step_id TEXT NOT NULL UNIQUE REFERENCES step (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  description TEXT,
  type TEXT NOT NULL DEFAULT 'QUESTIONNAIRE',
  anonymous_allowed INTEGER NOT NULL DEFAULT 0,
  multiple_replies_allowed INTEGER NOT NULL DEFAULT 0,
  phone_confirmation_required INTEGER NOT NULL DEFAULT 0,
  private_result INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER
);

CREATE TABLE question (
  id TEXT PRIMARY KEY,
  questionnaire_id TEXT NOT NULL REFERENCES questionnaire (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  help_text TEXT,
  description TEXT,
  position INTEGER NOT NULL,
  required INTEGER NOT NULL DEFAULT 0,
  private INTEGER NOT NULL DEFAULT 0,
  hidden INTEGER NOT NULL DEFAULT 0,
  is_other_allowed INTEGER NOT NULL DEFAULT 0,
  UNIQUE (questionnaire_id, position)
);

CREATE TABLE question_choice (
  id TEXT PRIMARY KEY,
  question_id TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  description TEXT,
  position INTEGER NOT NULL,
  UNIQUE (question_id, position)
);

CREATE TABLE reply (
  id TEXT PRIMARY KEY,
  questionnaire_id TEXT NOT NULL REFERENCES questionnaire (id) ON DELETE CASCADE,
  author_id TEXT REFERENCES user (id),
  private INTEGER NOT NULL DEFAULT 0,
  draft INTEGER NOT NULL DEFAULT 0,
  undraft_at INTEGER,
  completion_status TEXT NOT NULL DEFAULT 'COMPLETED',
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  published_at INTEGER
);
CREATE INDEX reply_by_questionnaire ON reply (questionnaire_id, published_at);

CREATE TABLE response (
  id TEXT PRIMARY KEY,
  reply_id TEXT NOT NULL REFERENCES reply (id) ON DELETE CASCADE,
  question_id TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
  value TEXT,
  UNIQUE (reply_id, question_id)
);
CREATE INDEX response_by_question ON response (question_id);

-- Events

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  author_id TEXT REFERENCES user (id),
  start_at INTEGER NOT NULL,
  end_at INTEGER,
  enabled INTEGER NOT NULL DEFAULT 1,
  commentable INTEGER NOT NULL DEFAULT 1,
  guest_list_enabled INTEGER NOT NULL DEFAULT 0,
  is_measurable INTEGER NOT NULL DEFAULT 0,
  max_registrations INTEGER,
  review_status TEXT,
  media_id TEXT REFERENCES media (id),
  address TEXT,
  lat REAL,
  lng REAL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  deleted_at INTEGER
);
CREATE INDEX event_by_start ON event (start_at);

CREATE TABLE event_translation (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  locale TEXT NOT NULL REFERENCES locale (code),
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  link TEXT,
  slug TEXT NOT NULL,
  meta_description TEXT,
  PRIMARY KEY (event_id, locale)
) WITHOUT ROWID;

CREATE TABLE event_project (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  project_id TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
  PRIMARY KEY (event_id, project_id)
) WITHOUT ROWID;
CREATE INDEX event_project_reverse ON event_project (project_id);

CREATE TABLE event_step (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  step_id TEXT NOT NULL REFERENCES step (id) ON DELETE CASCADE,
  PRIMARY KEY (event_id, step_id)
) WITHOUT ROWID;

CREATE TABLE event_theme (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  theme_id TEXT NOT NULL REFERENCES theme (id),
  PRIMARY KEY (event_id, theme_id)
) WITHOUT ROWID;

CREATE TABLE event_district (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  district_id TEXT NOT NULL REFERENCES global_district (id),
  PRIMARY KEY (event_id, district_id)
) WITHOUT ROWID;

CREATE TABLE event_registration (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES user (id),
  PRIMARY KEY (event_id, user_id)
) WITHOUT ROWID;

CREATE TABLE comment (
  id TEXT PRIMARY KEY,
  event_id TEXT REFERENCES event (id) ON DELETE CASCADE,
  proposal_id TEXT REFERENCES proposal (id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES comment (id) ON DELETE CASCADE,
  author_id TEXT REFERENCES user (id),
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER,
  published_at INTEGER,
  CHECK ((event_id IS NULL) <> (proposal_id IS NULL))
);
CREATE INDEX comment_by_proposal ON comment (proposal_id);

-- Objects that tests and pages call by a name; a name with a number is a list.
CREATE TABLE sandbox_reference (
  family TEXT NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  listed INTEGER NOT NULL DEFAULT 0,
  object_id TEXT NOT NULL,
  PRIMARY KEY (family, name, position)
) WITHOUT ROWID;

-- What people contributed, whatever its kind.
CREATE VIEW contribution AS
SELECT 'Proposal' AS type, p.id, s.project_id, s.id AS step_id, NULL AS consultation_id, p.author_id,
  p.reference AS position, p.created_at, p.published_at, p.trashed_at, p.draft
  FROM proposal p JOIN proposal_form f ON f.id = p.form_id JOIN step s ON s.id = f.step_id
  WHERE p.deleted_at IS NULL
UNION ALL
SELECT 'Opinion', o.id, s.project_id, s.id, c.id, o.author_id,
  coalesce(o.position, 0), o.created_at, o.published_at, o.trashed_at, 0
  FROM opinion o JOIN section e ON e.id = o.section_id JOIN consultation c ON c.id = e.consultation_id
  JOIN step s ON s.id = c.step_id
UNION ALL
SELECT 'Version', v.id, s.project_id, s.id, c.id, v.author_id,
  0, v.created_at, v.published_at, coalesce(v.trashed_at, o.trashed_at), 0
  FROM version v JOIN opinion o ON o.id = v.opinion_id JOIN section e ON e.id = o.section_id
  JOIN consultation c ON c.id = e.consultation_id JOIN step s ON s.id = c.step_id
UNION ALL
SELECT 'Argument', a.id, s.project_id, s.id, c.id, a.author_id,
  0, a.created_at, a.published_at, coalesce(a.trashed_at, o.trashed_at), 0
  FROM argument a JOIN opinion o ON o.id = a.opinion_id JOIN section e ON e.id = o.section_id
  JOIN consultation c ON c.id = e.consultation_id JOIN step s ON s.id = c.step_id
UNION ALL
SELECT 'Source', a.id, s.project_id, s.id, c.id, a.author_id,
  0, a.created_at, a.published_at, coalesce(a.trashed_at, o.trashed_at), 0
  FROM source a JOIN opinion o ON o.id = a.opinion_id JOIN section e ON e.id = o.section_id
  JOIN consultation c ON c.id = e.consultation_id JOIN step s ON s.id = c.step_id
UNION ALL
SELECT 'Reply', r.id, s.project_id, s.id, NULL, r.author_id,
  0, r.created_at, r.published_at, NULL, r.draft
  FROM reply r JOIN questionnaire q ON q.id = r.questionnaire_id JOIN step s ON s.id = q.step_id;

-- Every vote, whatever it is for.
CREATE VIEW ballot AS
SELECT 'ProposalVote' AS type, v.id, s.project_id, v.step_id, NULL AS consultation_id, v.proposal_id AS object_id,
  v.user_id, v.participant_id, v.anonymous, v.is_accounted, v.created_at, v.published_at
  FROM proposal_vote v JOIN step s ON s.id = v.step_id
  WHERE v.completion_status = 'COMPLETED'
UNION ALL
SELECT 'OpinionVote', v.id, s.project_id, s.id, c.id, v.opinion_id,
  v.user_id, NULL, 0, 1, v.created_at, v.published_at
  FROM opinion_vote v JOIN opinion o ON o.id = v.opinion_id JOIN section e ON e.id = o.section_id
  JOIN consultation c ON c.id = e.consultation_id JOIN step s ON s.id = c.step_id
UNION ALL
SELECT 'VersionVote', v.id, s.project_id, s.id, c.id, v.version_id,
  v.user_id, NULL, 0, 1, v.created_at, v.published_at
  FROM version_vote v JOIN version w ON w.id = v.version_id JOIN opinion o ON o.id = w.opinion_id
  JOIN section e ON e.id = o.section_id JOIN consultation c ON c.id = e.consultation_id JOIN step s ON s.id = c.step_id
UNION ALL
SELECT 'ArgumentVote', v.id, s.project_id, s.id, c.id, v.argument_id,
  v.user_id, NULL, 0, 1, v.created_at, v.published_at
  FROM argument_vote v JOIN argument a ON a.id = v.argument_id JOIN opinion o ON o.id = a.opinion_id
  JOIN section e ON e.id = o.section_id JOIN consultation c ON c.id = e.consultation_id JOIN step s ON s.id = c.step_id
UNION ALL
SELECT 'SourceVote', v.id, s.project_id, s.id, c.id, v.source_id,
  v.user_id, NULL, 0, 1, v.created_at, v.published_at
  FROM source_vote v JOIN source a ON a.id = v.source_id JOIN opinion o ON o.id = a.opinion_id
  JOIN section e ON e.id = o.section_id JOIN consultation c ON c.id = e.consultation_id JOIN step s ON s.id = c.step_id;
