-- Ends the rows of calls whose gateway is gone: begun before the instant and still running.
UPDATE inference_calls
SET status = 'abandoned', finished_at = now(),
    error = 'its gateway ended before the answer: possibly billed'
FROM (SELECT pg_advisory_xact_lock_shared(1835625580)) AS held
WHERE status = 'running' AND started_at < ?::timestamptz
