-- A customer sends one of the last thousand orders back.
-- weight 12
UPDATE orders SET status = 'returned', updated_at = now()
WHERE order_id = (
  SELECT order_id FROM orders
  WHERE status = 'delivered' AND order_id >= (SELECT max(order_id) - floor(random() * 1000)::bigint FROM orders WHERE status = 'delivered')
  ORDER BY order_id LIMIT 1
  FOR UPDATE SKIP LOCKED
);
