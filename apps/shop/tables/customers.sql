-- Customers as the shop's database holds them.
-- Deletion vectors: every reader takes the files as they are. Nothing reads its changes, so no changelog.
CREATE TABLE customers (
  customer_id  BIGINT,
  name         STRING,
  email        STRING,
  country      STRING,
  `language`   STRING,
  created_at   TIMESTAMP_LTZ(6),
  updated_at   TIMESTAMP_LTZ(6),
  PRIMARY KEY (customer_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true'
);
