-- GET /v1/ticket-counts
-- How many support tickets there are of each status, and when the newest came in.
-- cache 2 s, role reader
SELECT status, count(*) AS tickets, max(created_at) AS newest_at
FROM lake.shop.tickets
GROUP BY status
ORDER BY status;
