-- What the platform's web side keeps beside its content: who is signed in, who failed to, and what it wrote to people.

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  -- Nobody yet, for a visitor who has gone to another service to sign in there.
  user_id TEXT REFERENCES user (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE remembered_browser (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE login_failure (
  email TEXT NOT NULL COLLATE NOCASE,
  ip TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX login_failure_by_person ON login_failure (email, ip, at);

CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('email-confirmation', 'password-reset', 'phone-code')),
  recipient TEXT NOT NULL,
  -- What the message carries: the secret end of a link, or a code. It serves once.
  secret TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  used_at INTEGER
);

CREATE TABLE sso_identity (
  service TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES user (id) ON DELETE CASCADE,
  PRIMARY KEY (service, subject)
) WITHOUT ROWID;

-- Visitors who are signing in elsewhere, until they come back.
CREATE TABLE sso_request (
  state TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  service TEXT NOT NULL,
  nonce TEXT NOT NULL,
  verifier TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  destination TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
