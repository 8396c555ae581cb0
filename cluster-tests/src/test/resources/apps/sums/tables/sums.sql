-- How many numbers had each remainder, and their sum.
CREATE TABLE sums (
  remainder  BIGINT,
  numbers    BIGINT,
  total      BIGINT,
  PRIMARY KEY (remainder) NOT ENFORCED
) WITH (
  'bucket' = '2',
  'deletion-vectors.enabled' = 'true'
);
