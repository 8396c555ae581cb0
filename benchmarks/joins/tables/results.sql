CREATE TABLE by_regular_join (
  customer_id  BIGINT,
  view_id      BIGINT,
  path         STRING,
  orders       BIGINT,
  PRIMARY KEY (customer_id, view_id) NOT ENFORCED
);
CREATE TABLE by_lookup_join (
  customer_id  BIGINT,
  view_id      BIGINT,
  path         STRING,
  orders       BIGINT,
  PRIMARY KEY (customer_id, view_id) NOT ENFORCED
);
CREATE TABLE by_delta_join (
  customer_id  BIGINT,
  view_id      BIGINT,
  path         STRING,
  orders       BIGINT,
  PRIMARY KEY (customer_id, view_id) NOT ENFORCED
);
