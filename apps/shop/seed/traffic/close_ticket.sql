-- A ticket is closed.
-- weight 5
UPDATE tickets SET status = 'closed', updated_at = now()
WHERE ticket_id = (
  SELECT ticket_id FROM tickets
  WHERE status = 'pending' AND ticket_id >= (
    SELECT min(ticket_id) + floor(random() * (max(ticket_id) - min(ticket_id) + 1))::bigint FROM tickets WHERE status = 'pending')
  ORDER BY ticket_id LIMIT 1
  FOR UPDATE SKIP LOCKED
);
