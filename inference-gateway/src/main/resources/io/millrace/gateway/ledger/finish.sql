-- Writes how a call ended and its bodies in one transaction; doing it twice is doing it once.
WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(1835625580)),
bodies AS (
    INSERT INTO inference_bodies (call_id, request, response)
    SELECT ?::text, ?::text, ?::text FROM held
    ON CONFLICT (call_id) DO UPDATE SET request = excluded.request, response = excluded.response
)
INSERT INTO inference_calls (
    call_id, identity, attempt, kind, alias, model, model_revision, caller, caller_key, input_version, prompt,
    streamed, hits, started_at,
    status, prompt_tokens, completion_tokens, cost, tries, http_status, error, finished_at, latency_millis)
SELECT
    ?::text, ?::text, ?::int, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::bigint, ?::text,
    ?::boolean, 0, ?::timestamptz,
    ?::text, ?::int, ?::int, ?::numeric, ?::int, ?::int, ?::text, ?::timestamptz, ?::int
FROM held
ON CONFLICT (call_id) DO UPDATE SET
    identity = excluded.identity,
    model_revision = excluded.model_revision,
    status = excluded.status,
    prompt_tokens = excluded.prompt_tokens,
    completion_tokens = excluded.completion_tokens,
    cost = excluded.cost,
    tries = excluded.tries,
    http_status = excluded.http_status,
    error = excluded.error,
    finished_at = excluded.finished_at,
    latency_millis = excluded.latency_millis
