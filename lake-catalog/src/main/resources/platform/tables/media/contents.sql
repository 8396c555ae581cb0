-- The bytes of every file, each content once. The only table with a BLOB: Doris never reads it.
CREATE TABLE contents (
  media_id    STRING COMMENT 'SHA-256 of the content, lower-case hex',
  size_bytes  BIGINT,
  content     BYTES
) WITH (
  'bucket' = '-1',
  'row-tracking.enabled' = 'true',
  'data-evolution.enabled' = 'true',
  'blob-field' = 'content',
  'blob.copy-buffer-size' = '64 kb'   -- Paimon's 4 kb makes a request to the store of each
);
