-- What each customer ordered and spent, kept right as orders change, into the hot store.
SET 'execution.checkpointing.interval' = '3 s';
INSERT INTO hot.shop.customer_activity (customer_id, orders, spent, last_order_at)
SELECT customer_id, count(*), CAST(sum(total) AS DECIMAL(14, 2)), max(placed_at)
FROM lake.shop.orders WHERE status <> 'cancelled' GROUP BY customer_id;
