-- Revenue by day and product, kept right through updates, cancellations and deletions.
INSERT INTO lake.shop.revenue_by_day
SELECT
  CAST(o.placed_at AS DATE)                AS `day`,
  i.product_id,
  MAX(p.name)                              AS product,
  COUNT(DISTINCT o.order_id)               AS orders,
  SUM(CAST(i.quantity AS BIGINT))          AS quantity,
  CAST(SUM(i.quantity * i.unit_price) AS DECIMAL(38, 2)) AS revenue
FROM lake.shop.orders AS o
JOIN lake.shop.order_items AS i ON i.order_id = o.order_id
JOIN lake.shop.products AS p ON p.product_id = i.product_id
WHERE o.status NOT IN ('cancelled', 'returned')
GROUP BY CAST(o.placed_at AS DATE), i.product_id;
