-- A customer is not content: a closed ticket is open again.
-- weight 1
UPDATE tickets SET status = 'open', updated_at = now()
WHERE ticket_id = (
  SELECT ticket_id FROM tickets
  WHERE status = 'closed' AND ticket_id >= (
    SELECT min(ticket_id) + floor(random() * (max(ticket_id) - min(ticket_id) + 1))::bigint FROM tickets WHERE status = 'closed')
  ORDER BY ticket_id LIMIT 1
  FOR UPDATE SKIP LOCKED
);
