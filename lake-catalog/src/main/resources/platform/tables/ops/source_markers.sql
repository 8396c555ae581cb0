-- How far each pipeline has come with each source: the last marker row it wrote.
-- A partition a pipeline: several jobs write this table and never the same files.
CREATE TABLE source_markers (
  pipeline    STRING,
  source      STRING,
  `value`     BIGINT,
  written_at  TIMESTAMP_LTZ(6) COMMENT 'when the marker was written at the source',
  PRIMARY KEY (pipeline, source) NOT ENFORCED
) PARTITIONED BY (pipeline) WITH (
  'bucket' = '1'
);
