-- What was read in each content: kind, measures, text. One row a content, whatever files hold it.
CREATE TABLE documents (
  media_id    STRING,
  status      STRING COMMENT 'read, pending or refused',
  reason      STRING COMMENT 'why it is pending or refused',
  mime_type   STRING COMMENT 'by content, not by name',
  kind        STRING COMMENT 'image, pdf, text, mail, audio or other',
  size_bytes  BIGINT,
  width       INT,
  height      INT,
  pages       INT,
  seconds     DOUBLE,
  exif        STRING COMMENT 'JSON, without location',
  title       STRING,
  `text`      STRING,
  text_from   STRING COMMENT 'text, ocr or transcript',
  `language`  STRING COMMENT 'ISO 639-1',
  reader      STRING COMMENT 'which programs and versions read it',
  truncated   BOOLEAN,
  read_at     TIMESTAMP_LTZ(3),
  PRIMARY KEY (media_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',  -- Doris and lake-sql read the files as they are
  'changelog-producer' = 'lookup'
);
