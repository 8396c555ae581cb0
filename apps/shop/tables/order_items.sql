-- The lines of each order as the shop's database holds them.
-- Deletion vectors for readers; a lookup changelog because order_lines needs each row before and after.
CREATE TABLE order_items (
  order_id    BIGINT,
  line_no     INT,
  product_id  BIGINT,
  quantity    INT,
  unit_price  DECIMAL(10, 2),
  PRIMARY KEY (order_id, line_no) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',
  'changelog-producer' = 'lookup'
);
