-- How far each pipeline into the hot store has come with each source: the last marker row it wrote.
CREATE TABLE source_markers (
  pipeline    STRING,
  source      STRING,
  `value`     BIGINT,
  written_at  TIMESTAMP_LTZ(6) COMMENT 'when the marker was written at the source',
  PRIMARY KEY (pipeline, source) NOT ENFORCED
);
