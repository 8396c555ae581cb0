-- The lake, as lake.shop.*, lake.ai.* and lake.ops.*: read in place, no copy. The properties are those of Doris 4.1.
-- Without a metadata cache every query sees the newest commit; Doris counts a cache's age from its last use, so a table
-- that is asked every second would never be looked at again.
CREATE CATALOG IF NOT EXISTS lake PROPERTIES (
  'type' = 'paimon',
  'paimon.catalog.type' = 'filesystem',
  'warehouse' = '${env:MILLRACE_WAREHOUSE}',
  'fs.minio.support' = 'true',
  'minio.endpoint' = '${env:MILLRACE_S3_ENDPOINT}',
  'minio.access_key' = '${env:MILLRACE_S3_ACCESS_KEY}',
  'minio.secret_key' = '${env:MILLRACE_S3_SECRET_KEY}',
  'minio.use_path_style' = 'true',
  'meta.cache.paimon.table.ttl-second' = '0',
  'meta.cache.paimon.schema.ttl-second' = '0'
);

-- What may have changed since the catalog was made.
ALTER CATALOG lake SET PROPERTIES (
  'minio.endpoint' = '${env:MILLRACE_S3_ENDPOINT}',
  'minio.access_key' = '${env:MILLRACE_S3_ACCESS_KEY}',
  'minio.secret_key' = '${env:MILLRACE_S3_SECRET_KEY}',
  'meta.cache.paimon.table.ttl-second' = '0',
  'meta.cache.paimon.schema.ttl-second' = '0'
);
