-- Each file with what was read in it. Its ticket is the folder it lies in, or else the one its name or text speaks of;
-- its order is the first number of an order there. A number is no part of a longer word: IMG_20261117_105631 names no order.
SET 'execution.checkpointing.interval' = '3 s';

INSERT INTO lake.shop.attachments
SELECT
  source, path, media_id, name, mime_type, kind, status, size_bytes, width, height, pages, seconds, exif,
  `text`, text_from, `language`,
  COALESCE(
    TRY_CAST(REGEXP_EXTRACT(path, '(?:^|/)tickets/(\d{1,18})/', 1) AS BIGINT),
    TRY_CAST(REGEXP_EXTRACT(said, '(?i)\bticket[ _-]?#?(\d{1,18})(?!\d)', 1) AS BIGINT)) AS ticket_id,
  TRY_CAST(REGEXP_EXTRACT(said, '(?<![0-9A-Za-z_])(1\d{5})(?![0-9A-Za-z_])', 1) AS BIGINT) AS order_id
FROM (
  SELECT
    f.source, f.path, f.media_id, f.name, d.mime_type, d.kind, d.status, f.size_bytes, d.width, d.height, d.pages,
    d.seconds, d.exif, d.`text`, d.text_from, d.`language`,
    CONCAT_WS(' ', f.name, d.title, d.`text`) AS said
  FROM lake.media.files AS f
  JOIN lake.media.documents AS d ON d.media_id = f.media_id
);
