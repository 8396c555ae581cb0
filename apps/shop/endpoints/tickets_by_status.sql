-- GET /v1/tickets
-- Support tickets of one status, or of all of them, newest first.
-- param status STRING = NULL    such as 'open'; every status when left out
-- param limit INT = 50          tickets at most
-- cache 2 s, role reader
SELECT
  t.ticket_id,
  t.customer_id,
  c.name AS customer_name,
  t.subject,
  t.channel,
  t.status,
  t.created_at,
  t.updated_at
FROM lake.shop.tickets t
LEFT JOIN lake.shop.customers c ON c.customer_id = t.customer_id
WHERE :status IS NULL OR t.status = :status
ORDER BY t.created_at DESC, t.ticket_id DESC
LIMIT :limit;
