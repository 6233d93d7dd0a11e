-- The MySQL schema (MySQL 5.7 and newer, MariaDB 10.6 and newer).
-- Safe to apply again and again: npm run db:setup creates the database and applies this file.

CREATE TABLE IF NOT EXISTS users (
  id INT AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(100),
  email VARCHAR(100) UNIQUE,
  password VARCHAR(255),
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
);

-- The second factor: its secret (encrypted under DATA_KEY), the batch of its recovery codes (NULL until it is
-- confirmed), and the last time step of which a code was used.
CREATE TABLE IF NOT EXISTS totp_secrets (
  user_id INT NOT NULL PRIMARY KEY,
  secret VARCHAR(255) NOT NULL,
  recovery_batch CHAR(32),
  last_step BIGINT NOT NULL DEFAULT 0
) CHARACTER SET ascii COLLATE ascii_bin;

-- SHA-256 of the recovery codes that are not used yet.
CREATE TABLE IF NOT EXISTS recovery_codes (
  user_id INT NOT NULL,
  batch CHAR(32) NOT NULL,
  code_hash CHAR(64) NOT NULL,
  PRIMARY KEY (user_id, batch, code_hash)
) CHARACTER SET ascii COLLATE ascii_bin;
-- What happened to accounts and sessions. The API only adds rows, and takes from
-- those of closed accounts where they came from; they outlive the user they speak of.
CREATE TABLE IF NOT EXISTS audit_log (
  id BIGINT AUTO_INCREMENT PRIMARY KEY,
  event_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
  created_at DATETIME(3) NOT NULL,
  event VARCHAR(64) NOT NULL,
  user_id BIGINT,
  session_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin,
  reason VARCHAR(64),
  ip VARCHAR(64) NOT NULL,
  user_agent VARCHAR(255) NOT NULL,
  request_id VARCHAR(128) NOT NULL,
  detail TEXT,
  KEY audit_log_user (user_id, id),
  KEY audit_log_time (created_at)
) DEFAULT CHARACTER SET utf8mb4;

-- The table of links in earlier versions; no link is good for longer than a day.
DROP TABLE IF EXISTS account_tokens;

-- What links in mails carry, as SHA-256. state_hash is the SHA-256 of what the link depends on: the address it was sent
-- to, and for a new password the hash of the old one.
CREATE TABLE IF NOT EXISTS account_links (
  token_hash CHAR(64) NOT NULL PRIMARY KEY,
  user_id BIGINT NOT NULL,
  purpose VARCHAR(32) NOT NULL,
  state_hash CHAR(64) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  KEY account_links_user (user_id, purpose)
) CHARACTER SET ascii COLLATE ascii_bin;

-- When the last mail of a kind was sent to a user.
CREATE TABLE IF NOT EXISTS mail_pace (
  user_id BIGINT NOT NULL,
  kind VARCHAR(32) NOT NULL,
  sent_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id, kind)
) CHARACTER SET ascii COLLATE ascii_bin;

-- Whose address is known to be theirs; it counts while users.email is still the same.
CREATE TABLE IF NOT EXISTS verified_emails (
  user_id BIGINT NOT NULL PRIMARY KEY,
  email VARCHAR(100) NOT NULL,
  verified_at DATETIME(3) NOT NULL
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which user an identity at an OpenID Provider (its `sub`) belongs to. VARBINARY compares every byte, also spaces at the
-- end.
CREATE TABLE IF NOT EXISTS identities (
  id INT AUTO_INCREMENT PRIMARY KEY,
  provider VARCHAR(32) NOT NULL,
  subject VARBINARY(255) NOT NULL,
  user_id INT NOT NULL,
  linked_at DATETIME(3) NOT NULL,
  UNIQUE KEY identities_subject (provider, subject),
  KEY identities_user (user_id)
) CHARACTER SET ascii COLLATE ascii_bin;

-- Accounts that are being closed and of which something personal may be left. A row goes when nothing is.
CREATE TABLE IF NOT EXISTS erasures (
  user_id BIGINT NOT NULL PRIMARY KEY,
  planned_at DATETIME(3) NOT NULL,
  due_at DATETIME(3) NOT NULL,
  erased_at DATETIME(3),
  KEY erasures_due (due_at)
);

-- What a user may do besides using the own account. granted_by is the id of an administrator, NULL for the operator.
CREATE TABLE IF NOT EXISTS user_roles (
  user_id BIGINT NOT NULL,
  role VARCHAR(32) NOT NULL,
  granted_at DATETIME(3) NOT NULL,
  granted_by BIGINT,
  PRIMARY KEY (user_id, role),
  KEY user_roles_role (role, user_id)
) CHARACTER SET ascii COLLATE ascii_bin;

-- Accounts that an administrator locked. disabled_by is the administrator's id, NULL for the operator.
CREATE TABLE IF NOT EXISTS disabled_accounts (
  user_id BIGINT NOT NULL PRIMARY KEY,
  disabled_at DATETIME(3) NOT NULL,
  disabled_by BIGINT
);
