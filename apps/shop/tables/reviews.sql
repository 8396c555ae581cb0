-- Product reviews as the shop's database holds them.
-- Deletion vectors for readers; a lookup changelog because inference runs on new and changed reviews.
CREATE TABLE reviews (
  review_id    BIGINT,
  product_id   BIGINT,
  customer_id  BIGINT,
  rating       INT,
  title        STRING,
  body         STRING,
  `language`   STRING,
  created_at   TIMESTAMP_LTZ(6),
  PRIMARY KEY (review_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',
  'changelog-producer' = 'lookup'
);
