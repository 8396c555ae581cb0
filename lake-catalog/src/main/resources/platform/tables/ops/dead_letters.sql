-- Events that no pipeline could read, with the reason; nothing else is lost by them.
CREATE TABLE dead_letters (
  source       STRING COMMENT 'the table the pipeline read, like cdc.shop.orders',
  topic        STRING,
  `partition`  INT,
  `offset`     BIGINT,
  event        STRING COMMENT 'the event as it came, bytes that are no UTF-8 replaced',
  reason       STRING,
  seen_at      TIMESTAMP_LTZ(3)
) WITH (
  'bucket' = '-1'
);
