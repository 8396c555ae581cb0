-- Revenue of each day and product; cancelled and returned orders do not count.
-- Deletion vectors: every reader takes the files as they are. Nothing reads its changes, so no changelog.
CREATE TABLE revenue_by_day (
  `day`       DATE,
  product_id  BIGINT,
  product     STRING,
  orders      BIGINT,
  quantity    BIGINT,
  revenue     DECIMAL(38, 2),
  PRIMARY KEY (`day`, product_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true'
);
