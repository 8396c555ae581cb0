-- 6,000 orders with their items, from 20 May 2025 to 19 November 2026.
-- Order 100001 + n can belong to the customers who had joined by then: the first 600 + n / 10.
CREATE TEMPORARY TABLE drawn_orders ON COMMIT DROP AS
SELECT
  order_id,
  1 + LEAST(demo.pick('customer a ' || order_id, joined), demo.pick('customer b ' || order_id, joined)) AS customer_id,
  TIMESTAMPTZ '2025-05-20 00:00Z' + (n * 7900 + demo.pick('placed ' || order_id, 7000)) * INTERVAL '1 second' AS placed_at,
  demo.pick('fate ' || order_id, 100) AS fate
FROM (
  SELECT 100001 + n AS order_id, n, 600 + n / 10 AS joined
  FROM generate_series(0, 5999) AS n
) AS numbered;

-- One to five draws an order, low product numbers of each category more often: a product drawn twice counts once.
CREATE TEMPORARY TABLE drawn_items ON COMMIT DROP AS
SELECT
  d.order_id,
  row_number() OVER (PARTITION BY d.order_id ORDER BY d.first_draw)::int AS line_no,
  p.product_id,
  CASE
    WHEN p.price > 100 THEN 1
    ELSE (ARRAY[1, 1, 1, 1, 1, 1, 2, 2, 3, 4])[1 + demo.pick('quantity ' || d.order_id || ' ' || p.product_id, 10)]
  END AS quantity,
  -- Prices went up by five per cent with the new year, and one line in twelve was on sale.
  round(p.price
    * CASE WHEN o.placed_at < TIMESTAMPTZ '2026-01-01 00:00Z' THEN 0.95 ELSE 1 END
    * CASE demo.pick('sale ' || d.order_id || ' ' || p.product_id, 12) WHEN 0 THEN 0.80 ELSE 1 END, 2) AS unit_price
FROM (
  SELECT
    order_id,
    1 + 9 * demo.pick('category ' || order_id || ' ' || draw, 8)
      + LEAST(demo.pick('product a ' || order_id || ' ' || draw, 9), demo.pick('product b ' || order_id || ' ' || draw, 11)) AS product_id,
    min(draw) AS first_draw
  FROM drawn_orders
  CROSS JOIN LATERAL generate_series(1, (ARRAY[1, 1, 1, 2, 2, 2, 3, 3, 4, 5])[1 + demo.pick('lines ' || order_id, 10)]) AS draw
  GROUP BY 1, 2
) AS d
JOIN drawn_orders o USING (order_id)
JOIN products p USING (product_id);

-- Old orders have arrived, save the cancelled, the returned and one in fifty that is lost on its way.
INSERT INTO orders (order_id, customer_id, status, total, placed_at, updated_at)
SELECT
  order_id, customer_id, status, total, placed_at,
  LEAST(TIMESTAMPTZ '2026-11-20 00:00Z', placed_at + (1 + demo.pick('moved ' || order_id, 1000)) / 1000.0 * CASE status
    WHEN 'placed'    THEN INTERVAL '1 second'
    WHEN 'paid'      THEN INTERVAL '20 hours'
    WHEN 'shipped'   THEN INTERVAL '2 days'
    WHEN 'delivered' THEN INTERVAL '8 days'
    WHEN 'cancelled' THEN INTERVAL '3 days'
    ELSE                  INTERVAL '25 days'
  END)
FROM (
  SELECT
    *,
    CASE
      WHEN fate < 6                                                  THEN 'cancelled'
      WHEN fate < 10 AND placed_at < TIMESTAMPTZ '2026-11-05 00:00Z' THEN 'returned'
      WHEN fate < 12 AND placed_at < TIMESTAMPTZ '2026-11-11 00:00Z' THEN 'shipped'
      WHEN placed_at < TIMESTAMPTZ '2026-11-11 00:00Z'               THEN 'delivered'
      WHEN placed_at < TIMESTAMPTZ '2026-11-17 00:00Z'               THEN 'shipped'
      WHEN placed_at < TIMESTAMPTZ '2026-11-19 00:00Z'               THEN 'paid'
      ELSE                                                                'placed'
    END AS status
  FROM drawn_orders
  JOIN (SELECT order_id, sum(quantity * unit_price) AS total FROM drawn_items GROUP BY order_id) AS sums USING (order_id)
) AS fated
ORDER BY order_id;

INSERT INTO order_items (order_id, line_no, product_id, quantity, unit_price)
SELECT order_id, line_no, product_id, quantity, unit_price
FROM drawn_items
ORDER BY order_id, line_no;
