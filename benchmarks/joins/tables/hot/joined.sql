-- Both can be looked up by the customer: the views by the first column of their key.
CREATE TABLE page_views (
  customer_id  BIGINT,
  view_id      BIGINT,
  path         STRING,
  PRIMARY KEY (customer_id, view_id) NOT ENFORCED
) WITH ('bucket.key' = 'customer_id', 'table.merge-engine' = 'first_row');
CREATE TABLE customers (
  customer_id  BIGINT,
  name         STRING,
  orders       BIGINT,
  PRIMARY KEY (customer_id) NOT ENFORCED
) WITH ('table.delete.behavior' = 'IGNORE');
