-- A product gets up to seven per cent cheaper or dearer, and stays between 5 and 900 EUR.
-- weight 12
UPDATE products SET
  price = LEAST(900, GREATEST(5, round(price * (0.93 + 0.14 * random())::numeric, 1))),
  updated_at = now()
WHERE product_id = (SELECT min(product_id) + floor(random() * (max(product_id) - min(product_id) + 1))::bigint FROM products);
