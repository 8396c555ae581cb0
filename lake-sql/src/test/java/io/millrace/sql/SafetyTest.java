package io.millrace.sql;

import static io.millrace.sql.TestLake.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must never run, however it is written. */
class SafetyTest {
    private static final Set<Integer> REFUSALS = Set.of(1046, 1049, 1054, 1064, 1094, 1146, 1227, 1235, 1305);

    @TempDir
    static Path directory;

    private static TestLake lake;
    private static RunningLakeSql sql;

    @BeforeAll
    static void start() throws Exception {
        lake = new TestLake(directory.resolve("warehouse"));
        lake.create(
                "t",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("name", DataTypes.STRING())
                        .option("bucket", "-1"));
        lake.write("t", GenericRow.of(1, text("one")));
        sql = new RunningLakeSql(lake);
        Files.writeString(directory.resolve("secret.csv"), "secret\n");
        Files.writeString(lake.directory().resolve("inside.csv"), "inside\n");
    }

    @AfterAll
    static void stop() throws Exception {
        sql.close();
        lake.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // files
                "SELECT * FROM read_csv('%s/secret.csv')",
                "SELECT * FROM read_csv('%s/warehouse/inside.csv')",
                "SELECT * FROM read_text('%s/warehouse/inside.csv')",
                "SELECT * FROM read_blob('%s/warehouse/inside.csv')",
                "SELECT * FROM read_parquet('%s/warehouse/shop.db/t/bucket-0/*.parquet')",
                "SELECT * FROM parquet_metadata('%s/warehouse/shop.db/t/bucket-0/*.parquet')",
                "SELECT * FROM sniff_csv('%s/secret.csv')",
                "SELECT * FROM glob('%s/*')",
                "SELECT * FROM '%s/secret.csv'",
                "SELECT * FROM \"%s/secret.csv\"",
                "SELECT * FROM `%s/secret.csv`",
                "SELECT * FROM `%s/warehouse/inside.csv`",
                "SELECT * FROM t, '%s/secret.csv'",
                "SELECT * FROM t JOIN `%s/secret.csv` ON TRUE",
                "SELECT (SELECT count(*) FROM read_csv('%s/secret.csv'))",
                "WITH a AS (SELECT * FROM read_csv('%s/secret.csv')) SELECT * FROM a",
                "WITH a AS MATERIALIZED (SELECT * FROM glob('%s/*')) SELECT * FROM a",
                "WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT * FROM glob('%s/*')) SELECT * FROM a",
                "SELECT * FROM t WHERE EXISTS (SELECT 1 FROM read_text('%s/secret.csv'))",
                "SELECT * FROM t WHERE id IN (SELECT 1 FROM `%s/secret.csv`)",
                "SELECT * FROM t, LATERAL (SELECT * FROM read_text('%s/secret.csv')) x",
                "SELECT * FROM t LATERAL VIEW read_text('%s/secret.csv') x AS y",
                "SELECT date_format((SELECT max(content) FROM read_text('%s/secret.csv')), '%%Y')",
                "SELECT list_transform([1], lambda x: (SELECT content FROM read_text('%s/secret.csv')))",
                "SELECT 1 UNION SELECT content FROM read_text('%s/secret.csv')",
                "SELECT CASE WHEN (SELECT count(*) FROM glob('%s/*')) > 0 THEN 1 END",
                "SELECT sum(id) OVER (ORDER BY (SELECT 1 FROM glob('%s/*'))) FROM t",
                "SELECT id FROM t ORDER BY (SELECT count(*) FROM glob('%s/*'))",
                "SELECT id FROM t LIMIT (SELECT count(*) FROM glob('%s/*'))",
                "SELECT id FROM t GROUP BY id HAVING (SELECT count(*) FROM glob('%s/*')) > 0",
                "SELECT id FROM t QUALIFY (SELECT count(*) FROM glob('%s/*')) > 0",
                "SELECT count(*) FILTER (WHERE (SELECT count(*) FROM glob('%s/*')) > 0) FROM t",
                "EXPLAIN SELECT * FROM read_csv('%s/secret.csv')",
                "SHOW TABLES WHERE (SELECT count(*) FROM glob('%s/*')) > 0",
                // code by another name
                "SELECT * FROM query('SELECT 1')",
                "SELECT * FROM query_table('t')",
                "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
                "SELECT json_serialize_sql('SELECT 1')",
                "SELECT memory.doris.millrace_timestamp(1)",
                "SELECT doris.date_format('2026-01-01', 'x')",
                "SELECT system.main.read_text('x')",
                "SELECT main.getenv('HOME')",
                "SELECT \"getenv\"('HOME')",
                "SELECT `getenv`('HOME')",
                "SELECT getenv('HOME')",
                "SELECT GETENV ('HOME')",
                "SELECT getvariable('x')",
                "SELECT nextval('x')",
                "SELECT current_setting('memory_limit')",
                "SELECT current_query()",
                "SELECT error('x')",
                "SELECT sleep_ms(1000)",
                "SELECT write_log('x')",
                "SELECT millrace_date_format(1, 'x')",
                "SELECT id.getenv() FROM t",
                "SELECT ('HOME').getenv()",
                // the inside of the server
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM duckdb_tables()",
                "SELECT * FROM duckdb_tables",
                "SELECT * FROM duckdb_secrets()",
                "SELECT * FROM sqlite_master",
                "SELECT * FROM pg_catalog.pg_class",
                "SELECT * FROM system.information_schema.tables",
                "SELECT * FROM cache.main.merged_1",
                "SELECT * FROM memory.main.x",
                "SELECT * FROM pragma_table_info('t')",
                "SELECT * FROM lake_scan('1')",
                "SELECT * FROM lake_deleted('1', 0)",
                "SELECT * FROM (SHOW TABLES)",
                "SELECT * FROM (DESCRIBE t)",
                "SELECT * FROM (SUMMARIZE t)",
                "SELECT * FROM (PIVOT t ON name USING count(*))",
                "SELECT * FROM t AT (VERSION => 1)",
                "SELECT * FROM test_all_types()",
                // statements
                "SELECT 1; SELECT 2",
                "SELECT 1; DROP TABLE t",
                "SELECT 1;;",
                "SELECT 1 /* ; */; DROP TABLE t",
                "SHOW TABLES; DROP TABLE t",
                "SET x = 1; DROP TABLE t",
                "DROP TABLE t",
                "/* SELECT */ DROP TABLE t",
                "-- \nDROP TABLE t",
                "/*!50000 DROP TABLE t */ SELECT 1",
                "SELECT 1 /*!50000 , getenv('HOME') */",
                "INSERT INTO t VALUES (1, 'x')",
                "UPDATE t SET id = 2",
                "DELETE FROM t",
                "TRUNCATE TABLE t",
                "CREATE TABLE x AS SELECT 1",
                "CREATE MACRO x() AS 1",
                "COPY (SELECT 1) TO '%s/out.csv'",
                "COPY t FROM '%s/secret.csv'",
                "ATTACH '%s/x.db'",
                "DETACH cache",
                "INSTALL httpfs",
                "LOAD httpfs",
                "PRAGMA database_list",
                "CALL pragma_version()",
                "PREPARE x AS SELECT 1",
                "EXECUTE x",
                "EXPLAIN ANALYZE SELECT 1",
                "EXPLAIN DROP TABLE t",
                "EXPORT DATABASE '%s/out'",
                "CHECKPOINT",
                "RESET memory_limit",
                "FROM t",
                "VALUES (1)",
                "TABLE t",
                "WITH x AS (SELECT 1) DELETE FROM t",
                "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
                "SELECT * INTO x FROM t",
                "SELECT id FROM t INTO OUTFILE '%s/out.csv'",
                "SELECT load_file('%s/secret.csv')",
                // tricks with quotes
                "SELECT 'a\\' ; DROP TABLE t; -- '; DROP TABLE t",
                "SELECT 1 AS `a\"; DROP TABLE t; --`, getenv('HOME')",
                "SELECT $$a$$, getenv('HOME')",
                "SELECT E'\\'', getenv('HOME')",
                "SELECT * FROM `t\" UNION SELECT getenv('HOME') --`",
                "SELECT '\\\\', getenv('HOME') -- '",
                "SELECT \"\\\"\", getenv('HOME') -- \"",
                "SELECT 1 -- \n, getenv('HOME')",
                "SELECT 1 # \n, getenv('HOME')",
                "SELECT U&'\\0041', getenv('HOME')",
                "SELECT ?",
                "SELECT @x := 1",
                "SELECT {a: 1}",
                "SELECT 'x",
                "SELECT `x",
                "SELECT /* x"
            })
    void isRefused(String statement) throws SQLException {
        String attack = statement.replace("%s", directory.toString()).replace("%%", "%");
        try (Connection connection = sql.connect();
                Statement client = connection.createStatement()) {
            assertThatThrownBy(() -> client.execute(attack)).isInstanceOfSatisfying(SQLException.class, refusal -> {
                assertThat(REFUSALS).as(refusal.getMessage()).contains(refusal.getErrorCode());
                assertThat(refusal.getMessage()).doesNotContain("internal error");
            });
            assertThat(RunningLakeSql.rows(connection, "SELECT * FROM t")).containsExactly("1|one");
        }
        assertThat(directory.resolve("out.csv")).doesNotExist();
    }

    @Test
    void whatLooksLikeAnAttackInsideAStringIsOnlyAString() throws SQLException {
        assertThat(
                        sql.query(
                                "SELECT 'DROP TABLE t; getenv(\\'HOME\\') -- /* ', 'a\\\\', \"it's\", 'say \"x\"', '/*! x */', '$$'"))
                .containsExactly("DROP TABLE t; getenv('HOME') -- /* |a\\|it's|say \"x\"|/*! x */|$$");
        assertThat(sql.query("SELECT 1 AS `a\"; DROP TABLE t; --`")).containsExactly("1");
        assertThat(sql.query("SELECT id AS `x``y`, name AS `n'm` FROM t AS `a\"b`"))
                .containsExactly("1|one");
        assertThat(sql.query("SELECT 1;")).containsExactly("1");
        assertThat(sql.query("/* first */ SELECT /*+ SET_VAR(a=1) */ 1 -- last"))
                .containsExactly("1");
    }

    @Test
    void aCommonTableMayBeNamedLikeATableWithoutHidingItFromItself() throws SQLException {
        assertThat(sql.query("WITH t AS (SELECT id + 1 AS id FROM t) SELECT id FROM t"))
                .containsExactly("2");
        assertThat(sql.query("WITH duckdb_tables AS (SELECT 5 AS n) SELECT n FROM duckdb_tables"))
                .containsExactly("5");
        assertThatThrownBy(() -> sql.query(
                        "WITH a AS (SELECT * FROM duckdb_tables), duckdb_tables AS (SELECT 1) SELECT * FROM a"))
                .hasMessageContaining("duckdb_tables does not exist");
        assertThatThrownBy(() -> sql.query("SELECT * FROM (WITH duckdb_views AS (SELECT 1) SELECT 1) x, duckdb_views"))
                .hasMessageContaining("duckdb_views does not exist");
    }

    @Test
    void writesAreRefusedWithAWayOn() throws SQLException {
        try (Connection connection = sql.connect();
                Statement client = connection.createStatement()) {
            assertThatThrownBy(() -> client.execute("INSERT INTO t VALUES (1, 'x')"))
                    .hasMessage("read only: INSERT is not allowed here: change the data at its source");
        }
    }
}
