-- Creates the ledger unless it is there. Gateways that start at the same moment take turns by the second lock.
SELECT pg_advisory_xact_lock_shared(1835625580), pg_advisory_xact_lock(1835625581);

CREATE TABLE IF NOT EXISTS inference_calls (
    call_id           TEXT PRIMARY KEY,
    identity          TEXT NOT NULL,
    attempt           INT,
    status            TEXT CHECK (status IN ('running', 'done', 'rejected', 'failed', 'abandoned')),
    kind              TEXT,
    alias             TEXT,
    model             TEXT,
    model_revision    TEXT,
    caller            TEXT,
    caller_key        TEXT,
    input_version     BIGINT,
    prompt            TEXT,
    streamed          BOOLEAN,
    prompt_tokens     INT,
    completion_tokens INT,
    cost              NUMERIC(18, 9),
    tries             INT,
    hits              BIGINT,
    http_status       INT,
    error             TEXT,
    started_at        TIMESTAMPTZ,
    finished_at       TIMESTAMPTZ,
    latency_millis    INT
);

CREATE UNIQUE INDEX IF NOT EXISTS inference_calls_done ON inference_calls (identity) WHERE status = 'done';

CREATE INDEX IF NOT EXISTS inference_calls_identity ON inference_calls (identity);

-- Found at every start, so it must stay cheap in a ledger of years.
CREATE INDEX IF NOT EXISTS inference_calls_running ON inference_calls (started_at) WHERE status = 'running';

CREATE TABLE IF NOT EXISTS inference_bodies (
    call_id  TEXT PRIMARY KEY,
    request  TEXT,
    response TEXT
);

-- Asked first: ALTER TABLE would wait for everything that uses the table.
DO $$
BEGIN
    IF (SELECT relreplident FROM pg_class WHERE oid = 'inference_calls'::regclass) <> 'f' THEN
        ALTER TABLE inference_calls REPLICA IDENTITY FULL;
    END IF;
END
$$;
