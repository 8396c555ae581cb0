-- 1,200 customers: the first 600 joined before the first order, then one for every ten orders.
WITH slots AS (
  SELECT row_number() OVER (ORDER BY country, slot) - 1 AS slot, p.*
  FROM demo.people p CROSS JOIN generate_series(1, p.share) AS slot
), drawn AS (
  SELECT
    id,
    demo.pick('country ' || id, (SELECT count(*)::int FROM slots)) AS slot,
    CASE
      WHEN id <= 600 THEN TIMESTAMPTZ '2024-02-01 08:00Z' + id * 67000 * INTERVAL '1 second'
      ELSE TIMESTAMPTZ '2025-05-20 00:00Z' + (id - 600) * 79000 * INTERVAL '1 second'
    END - demo.pick('joined ' || id, 7000) * INTERVAL '1 second' AS created_at
  FROM generate_series(1, 1200) AS id
), named AS (
  SELECT
    d.id, s.country, s.language, d.created_at,
    s.given[1 + demo.pick('given ' || d.id, cardinality(s.given))] AS given,
    s.family[1 + demo.pick('family ' || d.id, cardinality(s.family))] AS family
  FROM drawn d JOIN slots s USING (slot)
)
INSERT INTO customers (customer_id, name, email, country, language, created_at, updated_at)
SELECT
  id,
  demo.full_name(country, given, family),
  demo.mailbox(given, family) || id || (ARRAY['@example.com', '@example.org', '@example.net'])[1 + demo.pick('host ' || id, 3)],
  country, language, created_at,
  CASE demo.pick('touched ' || id, 4)
    WHEN 0 THEN created_at + (TIMESTAMPTZ '2026-11-20 00:00Z' - created_at) * demo.pick('share ' || id, 100) / 100
    ELSE created_at
  END
FROM named
ORDER BY id;
