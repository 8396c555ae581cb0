-- What customers sent beside their words: each file of the inbox with what was read in it, and the ticket and order it is about.
-- Deletion vectors for readers; a lookup changelog because an attachment that is read wakes the agent of its ticket.
CREATE TABLE attachments (
  source       STRING,
  path         STRING,
  media_id     STRING,
  name         STRING,
  mime_type    STRING,
  kind         STRING,
  status       STRING,
  size_bytes   BIGINT,
  width        INT,
  height       INT,
  pages        INT,
  seconds      DOUBLE,
  exif         STRING,
  `text`       STRING,
  text_from    STRING,
  `language`   STRING,
  ticket_id    BIGINT,
  order_id     BIGINT,
  PRIMARY KEY (source, path) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',
  'changelog-producer' = 'lookup'
);
