-- Page views from the event log into the lake, each once.
SET 'execution.checkpointing.interval' = '3 s';
INSERT INTO lake.shop.page_views SELECT * FROM events.shop.page_views;
