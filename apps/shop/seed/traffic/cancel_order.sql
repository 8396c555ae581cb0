-- A customer cancels an order before paying.
-- weight 12
UPDATE orders SET status = 'cancelled', updated_at = now()
WHERE order_id = (
  SELECT order_id FROM orders
  WHERE status = 'placed' AND order_id >= (
    SELECT min(order_id) + floor(random() * (max(order_id) - min(order_id) + 1))::bigint FROM orders WHERE status = 'placed')
  ORDER BY order_id LIMIT 1
  FOR UPDATE SKIP LOCKED
);
