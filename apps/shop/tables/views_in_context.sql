-- Each page view with what its customer had bought when it was seen.
CREATE TABLE views_in_context (
  view_id      STRING,
  product_id   BIGINT,
  customer_id  BIGINT,
  viewed_at    TIMESTAMP_LTZ(6),
  orders       BIGINT           COMMENT 'of the customer, by then',
  spent        DECIMAL(14, 2),
  PRIMARY KEY (view_id) NOT ENFORCED
) WITH (
  'bucket' = '1'
);
