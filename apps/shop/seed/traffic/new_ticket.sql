-- A customer writes to support about no order in particular.
-- weight 1
WITH writer AS (
  SELECT customer_id, language FROM customers
  WHERE customer_id >= (SELECT min(customer_id) + floor(random() * (max(customer_id) - min(customer_id) + 1))::bigint FROM customers)
  ORDER BY customer_id LIMIT 1
)
INSERT INTO tickets (customer_id, subject, body, channel, status, created_at, updated_at)
SELECT
  w.customer_id, t.subject, t.body,
  (ARRAY['email', 'chat', 'web'])[1 + floor(random() * 3)::int],
  'open', now(), now()
FROM writer w CROSS JOIN LATERAL (
  SELECT * FROM demo.ticket_texts
  WHERE language IN (w.language, 'en') AND strpos(body, '[order]') = 0
  ORDER BY random() * CASE language WHEN 'en' THEN 1 ELSE 0.2 END LIMIT 1  -- some write in their own language
) t;
