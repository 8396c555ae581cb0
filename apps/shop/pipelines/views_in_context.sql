-- Joins page views with the hot row of their customer. The join is a lookup, so Flink keeps no state for it; of the log
-- only the columns named here are sent; what is older than the log comes from its copy in the lake.
SET 'execution.checkpointing.interval' = '3 s';
INSERT INTO lake.shop.views_in_context
SELECT v.view_id, v.product_id, v.customer_id, v.viewed_at, a.orders, a.spent
FROM (SELECT view_id, product_id, customer_id, viewed_at, PROCTIME() AS now_at FROM hot.shop.page_views_hot) AS v
LEFT JOIN hot.shop.customer_activity /*+ OPTIONS('client.lookup.batch-timeout' = '1 ms') */
  FOR SYSTEM_TIME AS OF v.now_at AS a ON v.customer_id = a.customer_id;
