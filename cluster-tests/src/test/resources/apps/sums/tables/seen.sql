-- Every number as it came: one that comes twice stands here twice. For Iceberg's readers too.
CREATE TABLE seen (
  number  BIGINT
) WITH (
  'bucket' = '-1',
  'metadata.iceberg.storage' = 'hadoop-catalog'
);
