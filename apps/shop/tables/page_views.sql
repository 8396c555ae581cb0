-- Page views, one row each, only ever appended.
-- Iceberg engines read it too, and see each commit at once: rows are only added, so no compaction has to come first
-- (a table with deletion vectors they would not read right). It costs some small files at each commit.
CREATE TABLE page_views (
  view_id      STRING NOT NULL,
  customer_id  BIGINT,
  product_id   BIGINT,
  path         STRING,
  referrer     STRING,
  user_agent   STRING,
  viewed_at    TIMESTAMP_LTZ(6)
) WITH (
  'bucket' = '-1',
  'metadata.iceberg.storage' = 'hadoop-catalog'
);
