-- Values at the edges of their types.
CREATE TABLE samples (
  id         BIGINT,
  part       TEXT,
  flag       BOOLEAN,
  small_int  SMALLINT,
  plain_int  INTEGER,
  ratio      DOUBLE PRECISION,
  amount     NUMERIC(30, 10),
  words      TEXT,
  content    BYTEA,
  on_day     DATE,
  local_time TIMESTAMP,
  moment     TIMESTAMPTZ,
  PRIMARY KEY (id, part)
);
ALTER TABLE samples REPLICA IDENTITY FULL;

INSERT INTO samples VALUES
  (1, 'a', TRUE, 32767, 2147483647, 1.5, 12345678901234567890.0123456789, 'plain', '\x010203ff', '2026-11-23', '2026-11-23 01:02:03.000004', '2026-11-23 01:02:03.999999+05:30'),
  (1, 'b', FALSE, -32768, -2147483648, -0.1, -0.0000000001, '', '\x', '1970-01-01', '1969-12-31 23:59:59.999999', '1969-12-31 23:59:59.999999+00'),
  (9223372036854775807, '😀', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (-9223372036854775808, 'ä"\`''', TRUE, 0, 0, 1e300, 0, E'line\nbreak\ttab\\', '\xdeadbeef', '0001-01-01', '2038-01-19 03:14:08', '2999-12-31 23:59:59+00');
INSERT INTO samples SELECT n, 'bulk', n % 2 = 0, n % 100, n, n / 7.0, n * 1.1, repeat('x€😀', n * 10), decode(md5(n::text), 'hex'), DATE '2020-01-01' + n, TIMESTAMP '2020-01-01' + n * INTERVAL '1 minute', TIMESTAMPTZ '2020-01-01 00:00Z' + n * INTERVAL '1 microsecond' FROM generate_series(2, 1001) AS n;
