-- What members reported to those who run the server. The conversation is named by its id, so that a report outlives it.
CREATE TABLE reports (
  conversation BLOB NOT NULL,
  reporter INTEGER NOT NULL REFERENCES account_ids (number),
  reason INTEGER NOT NULL,
  reported_at INTEGER NOT NULL,
  PRIMARY KEY (conversation, reporter)
) STRICT, WITHOUT ROWID;
CREATE INDEX reports_by_time ON reports (reported_at);
