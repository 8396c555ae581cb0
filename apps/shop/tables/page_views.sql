-- Page views, one row each, only ever appended.
CREATE TABLE page_views (
  view_id      STRING NOT NULL,
  customer_id  BIGINT,
  product_id   BIGINT,
  path         STRING,
  referrer     STRING,
  user_agent   STRING,
  viewed_at    TIMESTAMP_LTZ(6)
) WITH (
  'bucket' = '-1'
);
