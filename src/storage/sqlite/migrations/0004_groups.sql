-- Groups and channels: a membership chain whose events are entries of the log, members who come and go, and bodies that
-- are dropped while their entry stays.

ALTER TABLE conversations ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN chain_length INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN member_count INTEGER NOT NULL DEFAULT 0;
UPDATE conversations
  SET member_count = (SELECT count(*) FROM members AS m WHERE m.conversation = conversations.number);

-- `account_id` repeats what `account` stands for, so that the members of a large group are read in one range, in order.
-- Rows stay when a member leaves: `left_seq` and `left_chain` say up to where it reads.
CREATE TABLE group_members (
  conversation INTEGER NOT NULL REFERENCES conversations (number),
  account_id BLOB NOT NULL,
  account INTEGER NOT NULL REFERENCES account_ids (number),
  role INTEGER NOT NULL,
  log_start INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  read INTEGER NOT NULL,
  left_seq INTEGER,
  left_chain INTEGER,
  PRIMARY KEY (conversation, account_id)
) STRICT, WITHOUT ROWID;
INSERT INTO group_members
  SELECT m.conversation, i.account, m.account, 0, 0, m.delivered, m.read, NULL, NULL
  FROM members AS m JOIN account_ids AS i ON i.number = m.account;
DROP TABLE members;
ALTER TABLE group_members RENAME TO members;
CREATE UNIQUE INDEX members_by_account ON members (account, conversation);

ALTER TABLE messages ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN redacted INTEGER NOT NULL DEFAULT 0;
-- Only what is still to be dropped has a place in it, so other messages pay nothing for it.
CREATE INDEX messages_by_expiry ON messages (expires_at) WHERE expires_at > 0 AND redacted = 0;

-- The group after its newest event, from which the next one is judged without the chain.
CREATE TABLE group_states (
  conversation INTEGER PRIMARY KEY REFERENCES conversations (number),
  state BLOB NOT NULL
) STRICT;

-- Where the events of a chain are in the log.
CREATE TABLE group_events (
  conversation INTEGER NOT NULL REFERENCES conversations (number),
  number INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (conversation, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE join_requests (
  conversation INTEGER NOT NULL REFERENCES conversations (number),
  account INTEGER NOT NULL REFERENCES account_ids (number),
  invitation BLOB NOT NULL,
  proof BLOB NOT NULL,
  asked_at INTEGER NOT NULL,
  PRIMARY KEY (conversation, account)
) STRICT, WITHOUT ROWID;
