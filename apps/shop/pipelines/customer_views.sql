-- Page views into the hot store: each as it comes, and how many pages each customer has looked at, and when last.
SET 'execution.checkpointing.interval' = '3 s';
INSERT INTO hot.shop.page_views_hot SELECT * FROM events.shop.page_views;
INSERT INTO hot.shop.customer_activity (customer_id, page_views, last_view_at)
SELECT customer_id, count(*), max(viewed_at)
FROM events.shop.page_views WHERE customer_id IS NOT NULL GROUP BY customer_id;
