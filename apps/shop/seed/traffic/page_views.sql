-- A visitor looks at one to five products, seven in ten of them logged in.
-- weight 1200
-- topic shop.page_views
WITH visitor AS MATERIALIZED (
  SELECT
    CASE WHEN random() < 0.7 THEN (
      SELECT customer_id FROM customers
      WHERE customer_id >= (SELECT min(customer_id) + floor(random() * (max(customer_id) - min(customer_id) + 1))::bigint FROM customers)
      ORDER BY customer_id LIMIT 1)
    END AS customer_id,
    (SELECT user_agent FROM demo.user_agents ORDER BY random() LIMIT 1) AS user_agent,
    (ARRAY[NULL, NULL, 'https://www.google.com/', 'https://duckduckgo.com/', 'https://www.bing.com/',
           'https://news.example.com/deals', 'https://mail.example.org/'])[1 + floor(random() * 7)::int] AS referrer
), steps AS MATERIALIZED (
  SELECT
    step,
    gen_random_uuid()::text AS view_id,
    1 + floor(LEAST(random(), random()) * (SELECT max(product_id) FROM products))::bigint AS product_id,
    CASE WHEN random() < 0.2 THEN '/reviews' ELSE '' END AS page
  FROM generate_series(1, 1 + floor(random() * 5)::int) AS step
), paths AS (
  SELECT s.step, s.view_id, s.product_id, '/products/' || lower(p.sku) || s.page AS path
  FROM steps s JOIN products p USING (product_id)
)
SELECT
  COALESCE(v.customer_id::text, p.view_id) AS key,
  json_build_object(
    'view_id', p.view_id,
    'customer_id', v.customer_id,
    'product_id', p.product_id,
    'path', p.path,
    'referrer', COALESCE('https://shop.example.com' || lag(p.path) OVER (ORDER BY p.step), v.referrer),
    'user_agent', v.user_agent,
    'viewed_at', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  )::text AS value
FROM paths p CROSS JOIN visitor v
ORDER BY p.step;
