-- The inference gateway's ledger into the lake. Bookkeeping: a few seconds late is soon enough.
SET 'execution.checkpointing.interval' = '5 s';
INSERT INTO lake.ai.inference_calls SELECT * FROM cdc.ai.inference_calls;
