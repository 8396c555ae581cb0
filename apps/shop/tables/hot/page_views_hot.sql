-- Page views as a log: readers follow it within milliseconds, and take only the columns they name.
-- lake.shop.page_views has each view once; here a view may come twice after a restart, so readers go by view_id.
CREATE TABLE page_views_hot (
  view_id      STRING,
  customer_id  BIGINT,
  product_id   BIGINT,
  path         STRING,
  referrer     STRING,
  user_agent   STRING,
  viewed_at    TIMESTAMP_LTZ(6)
) WITH (
  'table.log.ttl' = '1 d',
  'table.datalake.enabled' = 'true',
  'table.datalake.freshness' = '2 s'
);
