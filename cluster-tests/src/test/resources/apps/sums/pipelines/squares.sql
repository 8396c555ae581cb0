-- A table that is Iceberg's own, in the catalog where the marked tables of the lake are too.
CREATE TEMPORARY TABLE squares (number BIGINT, square BIGINT) WITH (
  'connector' = 'iceberg', 'catalog-type' = 'hadoop', 'catalog-name' = 'iceberg',
  'warehouse' = '${warehouse}/iceberg', 'catalog-database' = 'sums'
);
CREATE TEMPORARY TABLE numbers (number BIGINT) WITH (
  'connector' = 'datagen',
  'fields.number.kind' = 'sequence', 'fields.number.start' = '1', 'fields.number.end' = '5000'
);
INSERT INTO squares SELECT number, number * number FROM numbers;
