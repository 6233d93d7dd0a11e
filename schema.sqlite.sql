-- The schema of the embedded database (SQLite): the same tables and columns as schema.sql, which explains them.
-- It is applied at every start.

CREATE TABLE IF NOT EXISTS users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT,
  email TEXT UNIQUE,
  password TEXT,
  created_at TEXT DEFAULT CURRENT_TIMESTAMP,
  updated_at TEXT DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS totp_secrets (
  user_id INTEGER NOT NULL UNIQUE,
  secret TEXT NOT NULL,
  recovery_batch TEXT,
  last_step INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS recovery_codes (
  user_id INTEGER NOT NULL,
  batch TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  UNIQUE (user_id, batch, code_hash)
);

CREATE TABLE IF NOT EXISTS audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL,
  event TEXT NOT NULL,
  user_id INTEGER,
  session_id TEXT,
  reason TEXT,
  ip TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  request_id TEXT NOT NULL,
  detail TEXT
);
CREATE INDEX IF NOT EXISTS audit_log_user ON audit_log (user_id, id);
CREATE INDEX IF NOT EXISTS audit_log_time ON audit_log (created_at);

DROP TABLE IF EXISTS account_tokens;

CREATE TABLE IF NOT EXISTS account_links (
  token_hash TEXT NOT NULL UNIQUE,
  user_id INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  state_hash TEXT NOT NULL,
  expires_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS account_links_user ON account_links (user_id, purpose);

CREATE TABLE IF NOT EXISTS mail_pace (
  user_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  sent_at TEXT NOT NULL,
  UNIQUE (user_id, kind)
);

CREATE TABLE IF NOT EXISTS verified_emails (
  user_id INTEGER NOT NULL UNIQUE,
  email TEXT NOT NULL,
  verified_at TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS identities (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  linked_at TEXT NOT NULL,
  UNIQUE (provider, subject)
);
CREATE INDEX IF NOT EXISTS identities_user ON identities (user_id);

CREATE TABLE IF NOT EXISTS erasures (
  user_id INTEGER NOT NULL UNIQUE,
  planned_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  erased_at TEXT
);
CREATE INDEX IF NOT EXISTS erasures_due ON erasures (due_at);

CREATE TABLE IF NOT EXISTS user_roles (
  user_id INTEGER NOT NULL,
  role TEXT NOT NULL,
  granted_at TEXT NOT NULL,
  granted_by INTEGER,
  UNIQUE (user_id, role)
);
CREATE INDEX IF NOT EXISTS user_roles_role ON user_roles (role, user_id);

CREATE TABLE IF NOT EXISTS disabled_accounts (
  user_id INTEGER NOT NULL UNIQUE,
  disabled_at TEXT NOT NULL,
  disabled_by INTEGER
);
