-- Flink remembers both sides, to join whatever changes on either.
SET 'execution.checkpointing.interval' = '3 s';
SET 'table.optimizer.delta-join.strategy' = 'NONE';
INSERT INTO lake.joins.by_regular_join
SELECT v.customer_id, v.view_id, v.path, c.orders
FROM hot.joins.page_views AS v JOIN hot.joins.customers AS c ON v.customer_id = c.customer_id;
