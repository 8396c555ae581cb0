-- A customer places an order of one to four products.
-- weight 120
WITH buyer AS (
  SELECT customer_id FROM customers
  WHERE customer_id >= (SELECT min(customer_id) + floor(random() * (max(customer_id) - min(customer_id) + 1))::bigint FROM customers)
  ORDER BY customer_id LIMIT 1
), drawn AS MATERIALIZED (
  SELECT DISTINCT 1 + floor(LEAST(random(), random()) * (SELECT max(product_id) FROM products))::bigint AS product_id
  FROM generate_series(1, 1 + floor(random() * 4)::int)
), lines AS MATERIALIZED (
  SELECT
    row_number() OVER (ORDER BY p.product_id)::int AS line_no,
    p.product_id,
    CASE WHEN p.price > 100 OR random() < 0.7 THEN 1 ELSE 2 + floor(random() * 2)::int END AS quantity,
    p.price AS unit_price
  FROM drawn JOIN products p USING (product_id)
  WHERE p.active
), placed AS (
  INSERT INTO orders (customer_id, status, total, placed_at, updated_at)
  SELECT b.customer_id, 'placed', (SELECT sum(quantity * unit_price) FROM lines), now(), now()
  FROM buyer b
  WHERE EXISTS (SELECT FROM lines)
  RETURNING order_id
)
INSERT INTO order_items (order_id, line_no, product_id, quantity, unit_price)
SELECT p.order_id, l.line_no, l.product_id, l.quantity, l.unit_price
FROM placed p CROSS JOIN lines l;
