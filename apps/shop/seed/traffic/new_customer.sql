-- Somebody opens an account.
-- weight 24
WITH person AS MATERIALIZED (
  SELECT
    country, language,
    given[1 + floor(random() * cardinality(given))::int] AS given,
    family[1 + floor(random() * cardinality(family))::int] AS family
  FROM demo.people
  ORDER BY -ln(1 - random()) / share LIMIT 1  -- countries with a larger share come up more often
)
INSERT INTO customers (name, email, country, language, created_at, updated_at)
SELECT
  demo.full_name(country, given, family),
  demo.mailbox(given, family) || floor(10000 + random() * 90000)::int || '@example.net',
  country, language, now(), now()
FROM person;
