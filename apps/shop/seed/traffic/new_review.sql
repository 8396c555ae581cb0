-- A customer reviews a product of one of the last two thousand orders that arrived.
-- weight 2
WITH bought AS (
  SELECT o.customer_id, i.product_id, c.language
  FROM orders o
  JOIN customers c USING (customer_id)
  JOIN order_items i ON i.order_id = o.order_id AND i.line_no = 1
  WHERE o.status = 'delivered'
    AND o.order_id >= (SELECT max(order_id) - floor(random() * 2000)::bigint FROM orders WHERE status = 'delivered')
  ORDER BY o.order_id LIMIT 1
)
INSERT INTO reviews (product_id, customer_id, rating, title, body, language, created_at)
SELECT b.product_id, b.customer_id, t.rating, t.title, t.body, t.language, now()
FROM bought b CROSS JOIN LATERAL (
  SELECT * FROM demo.review_texts
  WHERE language IN (b.language, 'en')
  ORDER BY random() * CASE language WHEN 'en' THEN 1 ELSE 0.1 END LIMIT 1  -- some write in their own language
) t;
