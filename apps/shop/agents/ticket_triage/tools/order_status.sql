-- Where an order of the customer stands: its status, total, and when it was placed and last changed.
-- param order_id BIGINT like '1\d{5}'   number of the order
-- bind customer_id         only orders of the customer who wrote the ticket
SELECT order_id, status, total, placed_at, updated_at
FROM lake.shop.orders
WHERE order_id = :order_id AND customer_id = :customer_id;
