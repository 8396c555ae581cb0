-- Revenue by day and product, kept right through updates, cancellations and deletions.
SET 'execution.checkpointing.interval' = '3 s';
SET 'table.exec.async-state.enabled' = 'true';  -- the state lies with the checkpoints and is read asynchronously

INSERT INTO lake.shop.revenue_by_day
SELECT
  `day`,
  product_id,
  MAX(product)                         AS product,
  COUNT(DISTINCT order_id)             AS orders,
  SUM(CAST(quantity AS BIGINT))        AS quantity,
  CAST(SUM(amount) AS DECIMAL(38, 2))  AS revenue
FROM lake.shop.order_lines
WHERE status NOT IN ('cancelled', 'returned')
GROUP BY `day`, product_id;
