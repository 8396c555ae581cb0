-- A paid order leaves the warehouse.
-- weight 102
UPDATE orders SET status = 'shipped', updated_at = now()
WHERE order_id = (
  SELECT order_id FROM orders
  WHERE status = 'paid' AND order_id >= (
    SELECT min(order_id) + floor(random() * (max(order_id) - min(order_id) + 1))::bigint FROM orders WHERE status = 'paid')
  ORDER BY order_id LIMIT 1
  FOR UPDATE SKIP LOCKED
);
