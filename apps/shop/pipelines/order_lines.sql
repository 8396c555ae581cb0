-- Orders, their lines and products joined, kept right as any of the three changes.
SET 'execution.checkpointing.interval' = '3 s';
INSERT INTO lake.shop.order_lines
SELECT
  i.order_id,
  i.line_no,
  CAST(o.placed_at AS DATE)                          AS `day`,
  o.status,
  i.product_id,
  p.name                                             AS product,
  i.quantity,
  CAST(i.quantity * i.unit_price AS DECIMAL(20, 2))  AS amount
FROM lake.shop.order_items AS i
JOIN lake.shop.orders AS o ON o.order_id = i.order_id
JOIN lake.shop.products AS p ON p.product_id = i.product_id;
