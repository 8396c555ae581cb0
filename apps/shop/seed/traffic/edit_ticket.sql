-- A customer adds a line to an open ticket.
-- weight 1
UPDATE tickets SET
  body = left(body, 1500) || E'\n\n' || (ARRAY[
    'PS: I forgot to say that it is rather urgent.',
    'PS: no hurry, really.',
    'Update: it still has not been solved.',
    'Update: it sorted itself out this morning, thank you anyway!',
    'One more thing: please answer by mail, I cannot take calls at work.',
    'I have added a photo.',
    'Correction: it was Tuesday and not Monday.',
    'Hello, is anybody reading this'])[1 + floor(random() * 8)::int],
  updated_at = now()
WHERE ticket_id = (
  SELECT ticket_id FROM tickets
  WHERE status = 'open' AND ticket_id >= (
    SELECT min(ticket_id) + floor(random() * (max(ticket_id) - min(ticket_id) + 1))::bigint FROM tickets WHERE status = 'open')
  ORDER BY ticket_id LIMIT 1
  FOR UPDATE SKIP LOCKED
);
