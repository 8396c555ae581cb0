-- Revenue by month and category, computed anew every ten minutes so that a dashboard never waits for it.
-- A view over a catalog is refreshed as a whole: Doris follows partitions of Paimon tables only where they have some.
CREATE MATERIALIZED VIEW IF NOT EXISTS internal.shop.revenue_by_category
BUILD IMMEDIATE
REFRESH COMPLETE ON SCHEDULE EVERY 10 MINUTE
DISTRIBUTED BY RANDOM BUCKETS 1
PROPERTIES ('replication_num' = '1')
AS
SELECT
  date_trunc(r.`day`, 'month') AS month,
  p.category,
  sum(r.quantity) AS quantity,
  sum(r.revenue) AS revenue
FROM lake.shop.revenue_by_day r
JOIN lake.shop.products p ON p.product_id = r.product_id
GROUP BY date_trunc(r.`day`, 'month'), p.category;
