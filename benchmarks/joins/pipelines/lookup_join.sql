-- Each view is joined once, with its customer as it is then.
SET 'execution.checkpointing.interval' = '3 s';
INSERT INTO lake.joins.by_lookup_join
SELECT v.customer_id, v.view_id, v.path, c.orders
FROM (SELECT *, PROCTIME() AS now_at FROM hot.joins.page_views) AS v
JOIN hot.joins.customers /*+ OPTIONS('client.lookup.batch-timeout' = '1 ms') */
  FOR SYSTEM_TIME AS OF v.now_at AS c ON v.customer_id = c.customer_id;
