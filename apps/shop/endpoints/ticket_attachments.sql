-- GET /v1/tickets/{ticket_id}/attachments
-- The files that belong to a ticket, with what was read in them and where their bytes and small pictures are.
-- param ticket_id BIGINT    the ticket's number
-- role reader
SELECT
  a.name,
  a.mime_type,
  a.kind,
  a.status,
  a.text,
  a.text_from,
  a.order_id,
  a.media_id,
  concat('/v1/media/', a.media_id) AS url,
  CASE WHEN t.media_id IS NOT NULL THEN concat('/v1/media/', a.media_id, '/thumbnail') END AS thumbnail
FROM lake.shop.attachments a
LEFT JOIN lake.media.thumbnails t ON t.media_id = a.media_id
WHERE a.ticket_id = :ticket_id
ORDER BY a.path;
