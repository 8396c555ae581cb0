-- A source that ends, and state on ForSt that lies with the checkpoints.
SET 'table.exec.async-state.enabled' = 'true';
CREATE TEMPORARY TABLE numbers (number BIGINT) WITH (
  'connector' = 'datagen', 'rows-per-second' = '2000',
  'fields.number.kind' = 'sequence', 'fields.number.start' = '1', 'fields.number.end' = '40000'
);
INSERT INTO lake.sums.seen SELECT number FROM numbers;
INSERT INTO lake.sums.sums SELECT number % 1000, COUNT(*), SUM(number) FROM numbers GROUP BY number % 1000;
