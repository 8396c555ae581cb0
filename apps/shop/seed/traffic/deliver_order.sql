-- A shipped order arrives.
-- weight 96
UPDATE orders SET status = 'delivered', updated_at = now()
WHERE order_id = (
  SELECT order_id FROM orders
  WHERE status = 'shipped' AND order_id >= (
    SELECT min(order_id) + floor(random() * (max(order_id) - min(order_id) + 1))::bigint FROM orders WHERE status = 'shipped')
  ORDER BY order_id LIMIT 1
  FOR UPDATE SKIP LOCKED
);
