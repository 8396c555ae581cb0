-- GET /v1/revenue
-- Revenue of each day and product between two days, both included.
-- param from DATE                    the first day
-- param to DATE                      the last day
-- param product_id BIGINT = NULL     only this product; every product when left out
-- cache 5 s, role reader
SELECT day, product_id, product, orders, quantity, revenue
FROM lake.shop.revenue_by_day
WHERE day >= :from AND day <= :to AND (:product_id IS NULL OR product_id = :product_id)
ORDER BY day, product_id;
