-- With the time beside the number, the head and the last activity of a conversation are read from the index alone: a
-- device that comes back asks for those of all its conversations, whose newest rows lie scattered over the whole file.
-- That no number is given twice is for the writer to see to, which appends only what follows the head.
DROP INDEX messages_by_seq;
CREATE INDEX messages_by_seq ON messages (conversation, seq, sent_at);
