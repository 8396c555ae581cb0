-- Every number as it came: one that comes twice stands here twice.
CREATE TABLE seen (
  number  BIGINT
) WITH (
  'bucket' = '-1'
);
