-- Forty notes, no two the same: as many different requests.
CREATE TABLE notes (note_id BIGINT PRIMARY KEY, body TEXT NOT NULL);
ALTER TABLE notes REPLICA IDENTITY FULL;
INSERT INTO notes
SELECT i, (ARRAY['The lid broke', 'It works well', 'Arrived on a', 'I am very happy with it, day'])[1 + i % 4] || ' ' || i
FROM generate_series(1, 40) AS i;
