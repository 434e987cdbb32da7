-- Whether the login may only restore a backup.
ALTER TABLE logins ADD COLUMN scope INTEGER NOT NULL DEFAULT 0;

-- A linking lasts minutes. Of the claim only the digest is kept.
CREATE TABLE links (
  number INTEGER PRIMARY KEY,
  link BLOB NOT NULL UNIQUE,
  claim BLOB NOT NULL,
  ends_at INTEGER NOT NULL,
  linked_device INTEGER REFERENCES devices (number),
  approved BLOB,
  login BLOB
) STRICT;
CREATE INDEX links_by_end ON links (ends_at);

CREATE TABLE link_boxes (
  link INTEGER NOT NULL REFERENCES links (number) ON DELETE CASCADE,
  side INTEGER NOT NULL,
  position INTEGER NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (link, side, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE backups (
  account INTEGER PRIMARY KEY REFERENCES account_ids (number),
  backup BLOB NOT NULL,
  header BLOB NOT NULL,
  packs INTEGER NOT NULL,
  size INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

-- Packs are large, so the table has row numbers and the key is an index beside it.
CREATE TABLE backup_packs (
  number INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES backups (account) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  pack BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX backup_packs_by_position ON backup_packs (account, position);

-- Only of accounts that set something. The columns hold the numbers of `wire::Audience`.
CREATE TABLE privacy (
  account INTEGER PRIMARY KEY REFERENCES account_ids (number),
  presence INTEGER NOT NULL,
  read_receipts INTEGER NOT NULL,
  typing INTEGER NOT NULL
) STRICT;

CREATE TABLE blocks (
  account INTEGER NOT NULL REFERENCES account_ids (number),
  blocked INTEGER NOT NULL REFERENCES account_ids (number),
  PRIMARY KEY (account, blocked)
) STRICT, WITHOUT ROWID;

CREATE TABLE last_seen (
  account INTEGER PRIMARY KEY REFERENCES account_ids (number),
  at INTEGER NOT NULL
) STRICT;
