-- The same question; Flink asks the hot store for the other side of each change.
SET 'execution.checkpointing.interval' = '3 s';
SET 'table.optimizer.delta-join.strategy' = 'FORCE';
INSERT INTO lake.joins.by_delta_join
SELECT v.customer_id, v.view_id, v.path, c.orders
FROM hot.joins.page_views AS v JOIN hot.joins.customers AS c ON v.customer_id = c.customer_id;
