-- Notes; a changelog wakes the agent.
CREATE TABLE notes (
  note_id  BIGINT,
  body     STRING,
  PRIMARY KEY (note_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',
  'changelog-producer' = 'lookup'
);
