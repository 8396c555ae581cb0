-- An old cancelled order is deleted, and its items with it, unless its customer ever wrote to support.
-- weight 6
DELETE FROM orders
WHERE order_id = (
  SELECT o.order_id FROM orders o
  WHERE o.status = 'cancelled'
    AND o.updated_at < now() - INTERVAL '2 minutes'
    AND NOT EXISTS (SELECT FROM tickets t WHERE t.customer_id = o.customer_id)
  ORDER BY o.order_id LIMIT 1
  FOR UPDATE SKIP LOCKED
);
