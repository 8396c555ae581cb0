-- Each order line with its order's day and status and its product's name: what revenue and reports add up.
-- Deletion vectors for readers; a lookup changelog because revenue_by_day needs each row before and after.
CREATE TABLE order_lines (
  order_id    BIGINT,
  line_no     INT,
  `day`       DATE,
  status      STRING,
  product_id  BIGINT,
  product     STRING,
  quantity    INT,
  amount      DECIMAL(20, 2),
  PRIMARY KEY (order_id, line_no) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',
  'changelog-producer' = 'lookup'
);
