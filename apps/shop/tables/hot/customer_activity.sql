-- What each customer did last, to be looked up in milliseconds.
-- Two pipelines fill it, each its own columns: customer_views and customer_orders.
CREATE TABLE customer_activity (
  customer_id      BIGINT,
  page_views       BIGINT,
  last_view_at     TIMESTAMP_LTZ(6),
  orders           BIGINT           COMMENT 'orders that were not cancelled',
  spent            DECIMAL(14, 2),
  last_order_at    TIMESTAMP_LTZ(6),
  PRIMARY KEY (customer_id) NOT ENFORCED
) WITH (
  'table.datalake.enabled' = 'true',
  'table.datalake.freshness' = '2 s'
);
