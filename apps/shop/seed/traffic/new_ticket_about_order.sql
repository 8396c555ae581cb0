-- A customer writes to support about one of the last two thousand orders.
-- weight 2
WITH bought AS (
  SELECT o.order_id, o.customer_id, c.language, split_part(p.name, ',', 1) AS product
  FROM orders o
  JOIN customers c USING (customer_id)
  JOIN order_items i ON i.order_id = o.order_id AND i.line_no = 1
  JOIN products p USING (product_id)
  WHERE o.order_id >= (SELECT max(order_id) - floor(random() * 2000)::bigint FROM orders)
  ORDER BY o.order_id LIMIT 1
), written AS MATERIALIZED (
  SELECT b.*, (ARRAY[b.order_id::text, b.order_id::text, '#' || b.order_id,
    left(b.order_id::text, 3) || ' ' || substr(b.order_id::text, 4)])[1 + floor(random() * 4)::int] AS number
  FROM bought b
)
INSERT INTO tickets (customer_id, subject, body, channel, status, created_at, updated_at)
SELECT
  w.customer_id,
  replace(replace(t.subject, '[order]', w.number), '[product]', w.product),
  replace(replace(t.body, '[order]', w.number), '[product]', w.product),
  (ARRAY['email', 'chat', 'web'])[1 + floor(random() * 3)::int],
  'open', now(), now()
FROM written w CROSS JOIN LATERAL (
  SELECT * FROM demo.ticket_texts
  WHERE language IN (w.language, 'en') AND strpos(body, '[order]') > 0
  ORDER BY random() * CASE language WHEN 'en' THEN 1 ELSE 0.1 END LIMIT 1  -- some write in their own language
) t;
