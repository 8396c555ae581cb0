-- The samples, exactly as committed.
INSERT INTO lake.types.samples SELECT * FROM cdc.types.samples;
