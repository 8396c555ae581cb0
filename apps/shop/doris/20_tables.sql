-- Tables inside Doris, for what the lake cannot do: point queries in milliseconds, full-text and vector search.
-- replication_num is for one BE: with three or more raise it to 3.
CREATE DATABASE IF NOT EXISTS internal.shop;

-- What the agent made of each ticket, kept right by doris/pipelines/ticket_triage.sql. A version that comes late never
-- replaces a newer one: the sequence column decides.
CREATE TABLE IF NOT EXISTS internal.shop.ticket_triage (
  ticket_id       BIGINT NOT NULL,
  sentiment       VARCHAR(20),
  topic           VARCHAR(20),
  order_id        BIGINT,
  order_status    VARCHAR(40),
  priority        INT,
  reply           STRING,
  _input_version  BIGINT NOT NULL COMMENT 'position of the ticket in its source''s log',
  _model          VARCHAR(200),
  _prompts        STRING,
  _calls          STRING COMMENT 'call_id of each in lake.ai.inference_calls',
  _tokens         INT,
  _millis         BIGINT,
  _finished_at    DATETIME(3),
  INDEX reply_words (reply) USING INVERTED PROPERTIES ('parser' = 'unicode', 'support_phrase' = 'true')
)
UNIQUE KEY (ticket_id)
DISTRIBUTED BY HASH (ticket_id) BUCKETS 1
PROPERTIES (
  'replication_num' = '1',
  'enable_unique_key_merge_on_write' = 'true',
  'function_column.sequence_col' = '_input_version',
  'store_row_column' = 'true'
);

-- Texts and their vectors, for search by meaning and by words. An ANN index needs Doris 4.0 or later and a DUPLICATE KEY
-- table; on UNIQUE KEY tables it came after 4.1.3. So each version of a chunk of lake.ai.chunks is a row here, and a search
-- joins what it finds with lake.ai.chunks, where only the newest versions are. The vector column must be NOT NULL and dim
-- its length (MiniLM: 384): where the model failed there are zeros, and no model.
CREATE TABLE IF NOT EXISTS internal.shop.embeddings (
  `index`         VARCHAR(100) NOT NULL COMMENT 'the name under search: in app.yaml',
  `key`           VARCHAR(1000) NOT NULL,
  chunk           INT NOT NULL,
  embedded_at     DATETIME(3) NOT NULL COMMENT 'tells the versions of a chunk apart',
  content         STRING NOT NULL COMMENT 'title and text',
  filters         MAP<STRING, STRING>,
  model           VARCHAR(200),
  model_revision  VARCHAR(200),
  error           STRING,
  embedding       ARRAY<FLOAT> NOT NULL,
  INDEX content_words (content) USING INVERTED PROPERTIES ('parser' = 'unicode', 'support_phrase' = 'true'),
  INDEX embedding_nearest (embedding) USING ANN PROPERTIES (
    'index_type' = 'hnsw',
    'metric_type' = 'l2_distance',
    'dim' = '384'
  )
)
DUPLICATE KEY (`index`, `key`, chunk)
DISTRIBUTED BY HASH (`key`) BUCKETS 1
PROPERTIES ('replication_num' = '1');
