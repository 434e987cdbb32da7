-- The transparency log. Nothing in it is ever changed or removed. `position` counts from 0 without a gap, and `entry`
-- is the canonical encoding of a `TransparencyLeaf`.
CREATE TABLE transparency_entries (
  position INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account_ids (number),
  version INTEGER NOT NULL,
  entry BLOB NOT NULL
) STRICT;
CREATE INDEX transparency_entries_by_account ON transparency_entries (account, position);

-- The hash of the complete subtree over the entries from position << level on.
CREATE TABLE transparency_nodes (
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;
