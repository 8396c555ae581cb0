-- What search finds, from the lake into Doris' own table: each version of each chunk, for the table takes no updates.
SET 'execution.checkpointing.interval' = '5 s';   -- each is one load; Doris wants few
CREATE TEMPORARY TABLE chunks (
  `index`         STRING,
  `key`           STRING,
  chunk           INT,
  embedded_at     TIMESTAMP_LTZ(3),
  content         STRING,
  filters         MAP<STRING, STRING>,
  model           STRING,
  model_revision  STRING,
  error           STRING,
  embedding       ARRAY<FLOAT>
) WITH (
  'connector' = 'millrace-doris',
  'table' = 'shop.embeddings',
  'two-phase-commit' = 'true'
);

-- The audit log is the table's changelog as plain rows. 384 zeros stand for the vector that a failed model did not give.
INSERT INTO chunks
SELECT
  `index`, `key`, chunk, embedded_at, COALESCE(title, '') || CHR(10) || COALESCE(`text`, ''), filters,
  model, model_revision, error,
  COALESCE(embedding, CAST(SPLIT(RPAD('0', 767, ',0'), ',') AS ARRAY<FLOAT>))
FROM lake.ai.`chunks$audit_log`
WHERE rowkind IN ('+I', '+U');
