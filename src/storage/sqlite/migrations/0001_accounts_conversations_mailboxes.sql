-- Ids are 16 random octets. Where they would be repeated in rows and indices, a row number stands for them.

CREATE TABLE account_ids (
  number INTEGER PRIMARY KEY,
  account BLOB NOT NULL UNIQUE
) STRICT;

-- Rows stay when a device leaves: entries name it as their sender and its numbers are never used again.
CREATE TABLE devices (
  number INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account_ids (number),
  device BLOB NOT NULL,
  last_mailbox_item INTEGER NOT NULL DEFAULT 0,
  highest_one_time_prekey INTEGER NOT NULL DEFAULT 0,
  highest_kem_prekey INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, device)
) STRICT;

CREATE TABLE accounts (
  account INTEGER PRIMARY KEY REFERENCES account_ids (number),
  name TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  account_key BLOB NOT NULL,
  device_list BLOB NOT NULL,
  device_list_signature BLOB NOT NULL,
  device_list_version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE logins (
  number INTEGER PRIMARY KEY,
  login BLOB NOT NULL UNIQUE,
  account INTEGER NOT NULL REFERENCES account_ids (number),
  device INTEGER NOT NULL REFERENCES devices (number),
  current_token BLOB NOT NULL,
  previous_token BLOB,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX logins_by_account ON logins (account, created_at);
CREATE INDEX logins_by_use ON logins (last_used_at);

CREATE TABLE signed_prekeys (
  device INTEGER PRIMARY KEY REFERENCES devices (number),
  id INTEGER NOT NULL,
  key BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;

CREATE TABLE last_resort_prekeys (
  device INTEGER PRIMARY KEY REFERENCES devices (number),
  id INTEGER NOT NULL,
  key BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;

CREATE TABLE one_time_prekeys (
  device INTEGER NOT NULL REFERENCES devices (number),
  id INTEGER NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (device, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE kem_prekeys (
  number INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES devices (number),
  id INTEGER NOT NULL,
  key BLOB NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (device, id)
) STRICT;

-- The head and the last activity are those of the newest row in `messages`; the base values hold while there is none.
CREATE TABLE conversations (
  number INTEGER PRIMARY KEY,
  conversation BLOB NOT NULL UNIQUE,
  epoch INTEGER NOT NULL,
  base_head INTEGER NOT NULL,
  base_activity INTEGER NOT NULL
) STRICT;

CREATE TABLE members (
  conversation INTEGER NOT NULL REFERENCES conversations (number),
  position INTEGER NOT NULL,
  account INTEGER NOT NULL REFERENCES account_ids (number),
  delivered INTEGER NOT NULL,
  read INTEGER NOT NULL,
  PRIMARY KEY (conversation, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX members_by_account ON members (account, conversation);

-- In order of arrival, so that rows are appended to the end of the file whatever their conversation. `messages_by_id`
-- begins with the id because clients begin it with the time, which makes that index grow at its end too.
CREATE TABLE messages (
  number INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversations (number),
  seq INTEGER NOT NULL,
  sender INTEGER NOT NULL REFERENCES devices (number),
  message BLOB NOT NULL,
  sent_at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX messages_by_seq ON messages (conversation, seq);
CREATE UNIQUE INDEX messages_by_id ON messages (message, conversation, sender);

CREATE TABLE mailbox_items (
  number INTEGER PRIMARY KEY,
  recipient INTEGER NOT NULL REFERENCES devices (number),
  item INTEGER NOT NULL,
  sender INTEGER NOT NULL REFERENCES devices (number),
  message BLOB NOT NULL,
  sent_at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX mailbox_items_by_item ON mailbox_items (recipient, item);
CREATE UNIQUE INDEX mailbox_items_by_id ON mailbox_items (message, recipient, sender);
CREATE INDEX mailbox_items_by_age ON mailbox_items (sent_at);

CREATE TABLE server_values (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
