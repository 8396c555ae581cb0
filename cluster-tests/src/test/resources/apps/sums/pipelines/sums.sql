-- Rows as they come, and sums whose state lies with the checkpoints.
SET 'table.exec.async-state.enabled' = 'true';
INSERT INTO lake.sums.numbers SELECT number FROM events.sums.numbers;
INSERT INTO lake.sums.sums SELECT number % 100, COUNT(*), SUM(number) FROM events.sums.numbers GROUP BY number % 100;
