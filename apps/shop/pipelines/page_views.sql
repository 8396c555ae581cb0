-- Page views from the event log into the lake, each once.
INSERT INTO lake.shop.page_views SELECT * FROM events.shop.page_views;
