-- An order fails while it is being written: nothing of it may be seen anywhere.
-- weight 12
-- rollback
WITH placed AS (
  INSERT INTO orders (customer_id, status, total, placed_at, updated_at)
  SELECT min(customer_id), 'placed', 4 * (SELECT max(price) FROM products), now(), now() FROM customers
  HAVING min(customer_id) IS NOT NULL
  RETURNING order_id
)
INSERT INTO order_items (order_id, line_no, product_id, quantity, unit_price)
SELECT placed.order_id, 1, p.product_id, 4, p.price
FROM placed CROSS JOIN (SELECT product_id, price FROM products ORDER BY price DESC LIMIT 1) p;

UPDATE customers SET email = 'never.committed@example.com', updated_at = now()
WHERE customer_id = (SELECT max(customer_id) FROM customers);

INSERT INTO tickets (customer_id, subject, body, channel, status, created_at, updated_at)
SELECT min(customer_id), 'Never committed', 'Whoever reads this has read a transaction that was rolled back.', 'web', 'open', now(), now()
FROM customers
HAVING min(customer_id) IS NOT NULL;
