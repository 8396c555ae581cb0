-- Page views from the event log into the lake, each once, and what they say of each customer into the hot store.
SET 'execution.checkpointing.interval' = '3 s';
EXECUTE STATEMENT SET BEGIN
  INSERT INTO lake.shop.page_views SELECT * FROM events.shop.page_views;

  INSERT INTO hot.shop.customer_activity (customer_id, page_views, last_view_at)
  SELECT customer_id, count(*), max(viewed_at)
  FROM events.shop.page_views WHERE customer_id IS NOT NULL GROUP BY customer_id;
END;
