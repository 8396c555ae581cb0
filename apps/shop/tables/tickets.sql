-- Support tickets as the shop's database holds them.
-- Deletion vectors for readers; a lookup changelog because agents are triggered by its changes.
CREATE TABLE tickets (
  ticket_id    BIGINT,
  customer_id  BIGINT,
  subject      STRING,
  body         STRING,
  channel      STRING,
  status       STRING,
  created_at   TIMESTAMP_LTZ(6),
  updated_at   TIMESTAMP_LTZ(6),
  PRIMARY KEY (ticket_id) NOT ENFORCED
) WITH (
  'bucket' = '1',
  'deletion-vectors.enabled' = 'true',
  'changelog-producer' = 'lookup'
);
