-- GET /v1/customers/{customer_id}
-- One customer with what they ordered and spent, and how many tickets are open.
-- param customer_id BIGINT               the customer's number
-- param since DATE = '2020-01-01'        only orders from this day on
-- one row, cache 5 s, role reader
SELECT
  c.customer_id,
  c.name,
  c.email,
  c.country,
  c.language,
  c.created_at,
  coalesce(o.orders, 0) AS orders,
  coalesce(o.spent, 0) AS spent,
  o.last_order_at,
  coalesce(t.open_tickets, 0) AS open_tickets
FROM lake.shop.customers c
LEFT JOIN (
  SELECT customer_id, count(*) AS orders, sum(total) AS spent, max(placed_at) AS last_order_at
  FROM lake.shop.orders
  WHERE customer_id = :customer_id AND placed_at >= :since AND status <> 'cancelled'
  GROUP BY customer_id
) o ON o.customer_id = c.customer_id
LEFT JOIN (
  SELECT customer_id, count(*) AS open_tickets
  FROM lake.shop.tickets
  WHERE customer_id = :customer_id AND status = 'open'
  GROUP BY customer_id
) t ON t.customer_id = c.customer_id
WHERE c.customer_id = :customer_id;
