-- A small picture of each content that has one.
CREATE TABLE thumbnails (
  media_id   STRING,
  mime_type  STRING,
  width      INT,
  height     INT,
  image      BYTES COMMENT 'a small JPEG: plain BYTES, no BLOB',
  PRIMARY KEY (media_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',  -- Doris and lake-sql read the files as they are
  'changelog-producer' = 'lookup'
);
