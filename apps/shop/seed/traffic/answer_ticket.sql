-- Support answers a ticket and waits for the customer.
-- weight 6
UPDATE tickets SET status = 'pending', updated_at = now()
WHERE ticket_id = (
  SELECT ticket_id FROM tickets
  WHERE status = 'open' AND ticket_id >= (
    SELECT min(ticket_id) + floor(random() * (max(ticket_id) - min(ticket_id) + 1))::bigint FROM tickets WHERE status = 'open')
  ORDER BY ticket_id LIMIT 1
  FOR UPDATE SKIP LOCKED
);
