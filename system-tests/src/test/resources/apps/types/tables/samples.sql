-- One column of each type; two buckets, so that two writers share the work.
CREATE TABLE samples (
  id          BIGINT,
  part        STRING,
  flag        BOOLEAN,
  small_int   SMALLINT,
  plain_int   INT,
  ratio       DOUBLE,
  amount      DECIMAL(30, 10),
  words       STRING,
  content     BYTES,
  on_day      DATE,
  local_time  TIMESTAMP(6),
  moment      TIMESTAMP_LTZ(6),
  PRIMARY KEY (id, part) NOT ENFORCED
) WITH (
  'bucket' = '2',
  'deletion-vectors.enabled' = 'true'
);
