-- The mood of each review as the model reads it; the call explains it, the error says why there is none.
CREATE TABLE review_sentiment (
  review_id     BIGINT,
  label         STRING,
  inference_id  STRING COMMENT 'call_id in ai.inference_calls',
  error         STRING,
  PRIMARY KEY (review_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true'   -- Doris and lake-sql read the files as they are
);
