-- A customer sends the last item of an order back: item gone, total lower, ticket open, all in one transaction.
-- weight 18
WITH picked AS (
  SELECT order_id FROM orders
  WHERE status = 'delivered' AND order_id >= (SELECT max(order_id) - floor(random() * 2000)::bigint FROM orders WHERE status = 'delivered')
  ORDER BY order_id LIMIT 1
  FOR UPDATE SKIP LOCKED
), gone AS (
  DELETE FROM order_items i
  USING picked p
  WHERE i.order_id = p.order_id
    AND i.line_no > 1  -- the first item always stays
    AND i.line_no = (SELECT max(l.line_no) FROM order_items l WHERE l.order_id = p.order_id)
  RETURNING i.order_id, i.product_id, i.quantity * i.unit_price AS amount
), lowered AS (
  UPDATE orders o SET total = o.total - g.amount, updated_at = now()
  FROM gone g
  WHERE o.order_id = g.order_id
  RETURNING o.order_id, o.customer_id, g.product_id, g.amount
)
INSERT INTO tickets (customer_id, subject, body, channel, status, created_at, updated_at)
SELECT
  l.customer_id,
  'Return from order ' || l.order_id,
  'I have sent the ' || split_part(p.name, ',', 1) || ' from order ' || l.order_id || ' back today. Please refund '
    || l.amount || ' euros to the card I paid with.',
  'web', 'open', now(), now()
FROM lowered l JOIN products p USING (product_id);
