-- GET /v1/tickets/{ticket_id}
-- One support ticket, the customer who wrote it, and what the agent made of it; GET /v1/explain/ticket_triage/{ticket_id} says why.
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
  t.updated_at,
  a.sentiment,
  a.topic,
  a.order_id,
  a.order_status,
  a.priority,
  a.reply,
  a._finished_at AS triaged_at
FROM lake.shop.tickets t
LEFT JOIN lake.shop.customers c ON c.customer_id = t.customer_id
LEFT JOIN lake.shop.ticket_triage a ON a.ticket_id = t.ticket_id
WHERE t.ticket_id = :ticket_id;
