-- GET /v1/tickets/{ticket_id}
-- One support ticket with the name and language of the customer who wrote it.
-- param ticket_id BIGINT    the ticket's number
-- one row, role reader
SELECT
  t.ticket_id,
  t.customer_id,
  c.name AS customer_name,
  c.language AS customer_language,
  t.subject,
  t.body,
  t.channel,
  t.status,
  t.created_at,
  t.updated_at
FROM lake.shop.tickets t
LEFT JOIN lake.shop.customers c ON c.customer_id = t.customer_id
WHERE t.ticket_id = :ticket_id;
