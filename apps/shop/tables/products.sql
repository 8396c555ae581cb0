-- Products as the shop's database holds them.
-- Deletion vectors for readers; a lookup changelog because order_lines follows a product's name.
CREATE TABLE products (
  product_id  BIGINT,
  sku         STRING,
  name        STRING,
  category    STRING,
  price       DECIMAL(10, 2),
  active      BOOLEAN,
  updated_at  TIMESTAMP_LTZ(6),
  PRIMARY KEY (product_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',
  'changelog-producer' = 'lookup'
);
