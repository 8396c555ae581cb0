-- Notes as committed.
INSERT INTO lake.notes.notes SELECT * FROM cdc.notes.notes;
