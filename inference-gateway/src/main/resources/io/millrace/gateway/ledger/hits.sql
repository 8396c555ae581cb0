-- Adds the hits of the last second to their calls.
UPDATE inference_calls c
SET hits = c.hits + counted.hits
FROM unnest(?::text[], ?::bigint[]) AS counted (call_id, hits),
    (SELECT pg_advisory_xact_lock_shared(1835625580)) AS held
WHERE c.call_id = counted.call_id
