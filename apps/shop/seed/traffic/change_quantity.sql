-- A customer changes the quantity of an item before paying: the order's total follows.
-- weight 36
WITH picked AS (
  SELECT order_id FROM orders
  WHERE status = 'placed' AND order_id >= (
    SELECT min(order_id) + floor(random() * (max(order_id) - min(order_id) + 1))::bigint FROM orders WHERE status = 'placed')
  ORDER BY order_id LIMIT 1
  FOR UPDATE SKIP LOCKED
), line AS MATERIALIZED (
  SELECT i.order_id, i.line_no, i.quantity AS old_quantity, i.unit_price, 1 + floor(random() * 4)::int AS new_quantity
  FROM order_items i JOIN picked p USING (order_id)
  ORDER BY i.line_no LIMIT 1
  FOR UPDATE OF i
), changed AS (
  UPDATE order_items i SET quantity = l.new_quantity
  FROM line l
  WHERE i.order_id = l.order_id AND i.line_no = l.line_no AND l.new_quantity <> l.old_quantity
  RETURNING i.order_id, (l.new_quantity - l.old_quantity) * l.unit_price AS difference
)
UPDATE orders o SET total = o.total + c.difference, updated_at = now()
FROM changed c
WHERE o.order_id = c.order_id;
