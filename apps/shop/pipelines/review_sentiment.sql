-- The mood of each review, once, as it is written. Reviews from before the platform are left alone: their rows were
-- captured long after they were written.
SET 'execution.checkpointing.interval' = '5 s';
SET 'table.exec.async-ml-predict.max-concurrent-operations' = '2';   -- the local model answers one at a time
CREATE MODEL sentiment INPUT (body STRING) OUTPUT (label STRING, inference_id STRING, error STRING)
WITH ('provider' = 'millrace', 'model' = 'chat', 'prompt' = 'prompts/review_sentiment.v1.md',
      'one-of.label' = 'negative,neutral,positive', 'max-tokens' = '16');

-- ML_PREDICT takes insert-only input: the audit log is the table's changelog as plain rows.
CREATE TEMPORARY VIEW new_reviews AS
SELECT review_id, body FROM lake.shop.`reviews$audit_log`
WHERE rowkind = '+U' OR rowkind = '+I' AND created_at > _source_ts - INTERVAL '1' HOUR;

INSERT INTO lake.shop.review_sentiment
SELECT review_id, label, inference_id, error
FROM ML_PREDICT(TABLE new_reviews, MODEL sentiment, DESCRIPTOR(body));
