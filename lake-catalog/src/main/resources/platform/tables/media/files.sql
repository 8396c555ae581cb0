-- Which file holds which content. The attachment of a mail is a file of its own: mails/a.eml!/receipt.png
CREATE TABLE files (
  source       STRING COMMENT 'the folder''s name in app.yaml',
  path         STRING COMMENT 'relative to the folder',
  media_id     STRING COMMENT 'the content in media.contents',
  name         STRING,
  size_bytes   BIGINT,
  modified_at  TIMESTAMP_LTZ(3),
  seen_at      TIMESTAMP_LTZ(3),
  PRIMARY KEY (source, path) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',  -- Doris and lake-sql read the files as they are
  'changelog-producer' = 'lookup',
  'sequence.field' = 'seen_at'          -- two readers may hand in two versions of a file in any order
);
