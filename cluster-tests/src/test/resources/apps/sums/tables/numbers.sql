-- Every number as it came: one that comes twice stands here twice. For Iceberg's readers too.
CREATE TABLE numbers (
  number  BIGINT NOT NULL
) WITH (
  'bucket' = '-1',
  'metadata.iceberg.storage' = 'hadoop-catalog'
);
