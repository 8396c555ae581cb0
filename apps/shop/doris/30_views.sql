-- Open tickets with what the agent made of them, the most urgent first to be read.
CREATE OR REPLACE VIEW internal.shop.open_tickets AS
SELECT
  t.ticket_id,
  t.customer_id,
  t.subject,
  t.created_at,
  a.sentiment,
  a.topic,
  a.priority,
  a.reply,
  a._finished_at AS triaged_at
FROM lake.shop.tickets t
LEFT JOIN internal.shop.ticket_triage a ON a.ticket_id = t.ticket_id
WHERE t.status = 'open';

-- Everything that could not be taken on, with its reason: events and rows that Doris refused, and rows an agent gave up.
CREATE OR REPLACE VIEW internal.shop.problems AS
SELECT seen_at, source, reason FROM lake.ops.dead_letters
UNION ALL
SELECT seen_at, agent AS source, reason FROM lake.ai.dead_letters;
