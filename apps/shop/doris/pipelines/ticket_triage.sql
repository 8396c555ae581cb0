-- What the agent made of each ticket, from the lake into Doris' own table.
SET 'execution.checkpointing.interval' = '5 s';   -- each is one load; Doris wants few
CREATE TEMPORARY TABLE triage (
  ticket_id       BIGINT,
  sentiment       STRING,
  topic           STRING,
  order_id        BIGINT,
  order_status    STRING,
  priority        INT,
  reply           STRING,
  _input_version  BIGINT,
  _model          STRING,
  _prompts        STRING,
  _calls          STRING,
  _tokens         INT,
  _millis         BIGINT,
  _finished_at    TIMESTAMP_LTZ(3),
  PRIMARY KEY (ticket_id) NOT ENFORCED
) WITH (
  'connector' = 'millrace-doris',
  'table' = 'shop.ticket_triage',
  'sequence-column' = '_input_version'
);

INSERT INTO triage
SELECT
  ticket_id, sentiment, topic, order_id, order_status, priority, reply,
  _input_version, _model, _prompts, _calls, _tokens, _millis, _finished_at
FROM lake.shop.ticket_triage;
