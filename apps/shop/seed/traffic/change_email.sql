-- A customer changes the e-mail address.
-- weight 18
UPDATE customers SET
  email = rtrim(split_part(email, '@', 1), '0123456789') || floor(10000 + random() * 90000)::int
    || (ARRAY['@example.com', '@example.org', '@example.net'])[1 + floor(random() * 3)::int],
  updated_at = now()
WHERE customer_id = (SELECT min(customer_id) + floor(random() * (max(customer_id) - min(customer_id) + 1))::bigint FROM customers);
