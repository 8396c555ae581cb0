-- Rows an agent could not bring to a result, with the reason; the row itself stays in its table.
CREATE TABLE dead_letters (
  agent          STRING,
  `key`          STRING,
  input_version  BIGINT COMMENT 'position of the row in its source''s log',
  reason         STRING,
  steps          STRING COMMENT 'what was done until then, as JSON',
  seen_at        TIMESTAMP_LTZ(3),
  PRIMARY KEY (agent, `key`, input_version) NOT ENFORCED
) WITH (
  'bucket' = '1'
);
