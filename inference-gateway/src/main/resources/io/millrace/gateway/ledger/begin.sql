-- The finished call of an identity, as find.sql has it; if there is none, says that this call is in flight. Not waiting
-- for the disk: a lost row costs nothing, finish.sql writes all of it again.
WITH found AS MATERIALIZED (
    SELECT c.call_id, c.status, c.error, c.prompt_tokens, c.completion_tokens, b.response
    FROM inference_calls c
    JOIN inference_bodies b USING (call_id)
    WHERE c.identity = ? AND c.status IN ('done', 'rejected')
    ORDER BY c.status
    LIMIT 1
),
begun AS (
    INSERT INTO inference_calls (
        call_id, identity, attempt, kind, alias, model, model_revision, caller, caller_key, input_version, prompt,
        streamed, started_at, status, tries, hits)
    SELECT
        ?::text, ?::text, ?::int, ?::text, ?::text, ?::text, ?::text, ?::text, ?::text, ?::bigint, ?::text,
        ?::boolean, ?::timestamptz, 'running', 0, 0
    FROM (SELECT pg_advisory_xact_lock_shared(1835625580), set_config('synchronous_commit', 'off', true)) AS held
    WHERE NOT EXISTS (SELECT FROM found)
)
SELECT * FROM found
