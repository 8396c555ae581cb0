-- What search finds: the texts of the tables under search: in app.yaml, in chunks, with their embeddings.
-- A lookup changelog, so that a row shows in a scan and in the changelog by the same commit: search indexes are built from
-- the one and kept up to date by the other, and must miss nothing between the two.
CREATE TABLE chunks (
  `index`         STRING COMMENT 'the name under search:',
  `key`           STRING COMMENT 'the row''s key as text',
  chunk           INT COMMENT 'counts from 0 in each row',
  title           STRING,
  `text`          STRING,
  filters         MAP<STRING, STRING>,
  embedding       ARRAY<FLOAT> COMMENT 'NULL when the model failed; error says why',
  model           STRING COMMENT 'as the model calls itself',
  model_revision  STRING COMMENT 'NULL when it does not say',
  error           STRING,
  embedded_at     TIMESTAMP_LTZ(3),
  PRIMARY KEY (`index`, `key`, chunk) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',   -- Doris and lake-sql read the files as they are
  'changelog-producer' = 'lookup',
  'file.block-size' = '8 mb'             -- who reads vectors holds a block of them in memory
);
