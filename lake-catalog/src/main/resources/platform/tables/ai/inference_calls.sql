-- Every call to a model: what it was, who asked, what it cost. The gateway's ledger as its database holds it.
-- Bodies stay in the ledger: GET /v1/calls/{call_id} of the gateway shows them.
CREATE TABLE inference_calls (
  call_id            STRING,
  `identity`         STRING COMMENT 'SHA-256 of the canonical request; the same request has the same',
  attempt            INT COMMENT 'counts up when an answer did not fit its schema',
  status             STRING COMMENT 'running, done, rejected, failed or abandoned',
  kind               STRING COMMENT 'chat, embeddings or transcription',
  alias              STRING COMMENT 'the model as app.yaml names it',
  model              STRING,
  model_revision     STRING,
  caller             STRING COMMENT 'the agent or pipeline',
  caller_key         STRING COMMENT 'the key of the row it worked on',
  input_version      BIGINT COMMENT 'position of that row in its source''s log',
  prompt             STRING COMMENT 'the prompt file, its version in the name',
  streamed           BOOLEAN,
  prompt_tokens      INT,
  completion_tokens  INT,
  cost               DECIMAL(18, 9),
  tries              INT COMMENT 'requests the provider got for it',
  hits               BIGINT COMMENT 'how often the stored answer was given again',
  http_status        INT,
  error              STRING,
  started_at         TIMESTAMP_LTZ(6),
  finished_at        TIMESTAMP_LTZ(6),
  latency_millis     INT,
  PRIMARY KEY (call_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true'   -- Doris and lake-sql read the files as they are
);
