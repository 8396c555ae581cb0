-- Orders as the shop's database holds them.
-- Deletion vectors for readers; a lookup changelog because order_lines needs each row before and after.
CREATE TABLE orders (
  order_id     BIGINT,
  customer_id  BIGINT,
  status       STRING,
  total        DECIMAL(12, 2),
  placed_at    TIMESTAMP_LTZ(6),
  updated_at   TIMESTAMP_LTZ(6),
  PRIMARY KEY (order_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',
  'changelog-producer' = 'lookup'
);
