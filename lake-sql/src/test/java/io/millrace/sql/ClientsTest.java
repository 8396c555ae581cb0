package io.millrace.sql;

import static io.millrace.sql.TestLake.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients people use, as they come. */
class ClientsTest {
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
                        .column("id", DataTypes.BIGINT().notNull())
                        .column("name", DataTypes.STRING())
                        .primaryKey("id")
                        .option("bucket", "1")
                        .option("write-only", "true"));
        lake.write("t", GenericRow.of(1L, text("Köln \uD83D\uDE00")), GenericRow.of(2L, null));
        sql = new RunningLakeSql(lake);
    }

    @AfterAll
    static void stop() throws Exception {
        sql.close();
        lake.close();
    }

    private static String run(List<String> command, String variable) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(variable, RunningLakeSql.PASSWORD);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theMariadbCommandLineReadsTables() throws Exception {
        assumeThat(succeeds("mariadb", "--version"))
                .as("the mariadb command line is installed")
                .isTrue();
        List<String> command = new ArrayList<>(List.of(
                "mariadb",
                "-h",
                "127.0.0.1",
                "-P",
                String.valueOf(sql.server().port()),
                "-u",
                "millrace",
                "--default-character-set=utf8mb4",
                "--skip-ssl",
                "shop",
                "-B",
                "-e",
                "SELECT id, name FROM t ORDER BY id; SHOW TABLES; USE lake.shop; SELECT count(*) FROM t"));
        assertThat(run(command, "MYSQL_PWD"))
                .isEqualTo("id\tname\n1\tKöln \uD83D\uDE00\n2\tNULL\nTables_in_shop\nt\ncount(*)\n2\n");
    }

    @Test
    void pyMySqlReadsTables() throws Exception {
        assumeThat(succeeds("python3", "-c", "import pymysql"))
                .as("PyMySQL is installed")
                .isTrue();
        String program = "import os, pymysql\n"
                + "c = pymysql.connect(host='127.0.0.1', port=" + sql.server().port()
                + ", user='millrace', password=os.environ['LAKE_PASSWORD'].encode(), database='shop')\n"
                + "k = c.cursor()\n"
                + "k.execute('SELECT id, name FROM t WHERE id < %s ORDER BY id', (5,))\n"
                + "print(ascii(k.fetchall()))\n"
                + "k.execute('SELECT @@last_snapshots'); print(k.fetchone()[0])\n"
                + "c.ping(); c.select_db('shop'); c.commit(); c.close()\n";
        assertThat(run(List.of("python3", "-c", program), "LAKE_PASSWORD"))
                .isEqualTo("((1, 'K\\xf6ln \\U0001f600'), (2, None))\nlake.shop.t=1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&useServerPrepStmts=true&cachePrepStmts=true",
                "&useCursorFetch=true&defaultFetchSize=1",
                "&useInformationSchema=true",
                "&rewriteBatchedStatements=true&useCompression=true",
                "&defaultAuthenticationPlugin=mysql_native_password"
            })
    void connectorJReadsRowsAndMetadata(String options) throws SQLException {
        try (Connection connection = sql.connect("shop", "sslMode=DISABLED&allowPublicKeyRetrieval=true" + options)) {
            DatabaseMetaData metadata = connection.getMetaData();
            try (ResultSet tables = metadata.getTables("shop", null, "%", null)) {
                assertThat(column(tables, "TABLE_NAME")).containsExactly("t");
            }
            try (ResultSet columns = metadata.getColumns("shop", null, "t", "%")) {
                assertThat(column(columns, "COLUMN_NAME")).containsExactly("id", "name");
            }
            try (ResultSet keys = metadata.getPrimaryKeys("shop", null, "t")) {
                assertThat(column(keys, "COLUMN_NAME")).containsExactly("id");
            }
            try (ResultSet catalogs = metadata.getCatalogs()) {
                assertThat(column(catalogs, "TABLE_CAT")).contains("shop", "information_schema");
            }
            try (var statement = connection.prepareStatement("SELECT id, name FROM t WHERE id <= ? ORDER BY id")) {
                statement.setLong(1, 2);
                assertThat(RunningLakeSql.rows(statement.executeQuery()))
                        .containsExactly("1|Köln \uD83D\uDE00", "2|null");
            }
            connection.setAutoCommit(false);
            assertThat(RunningLakeSql.rows(connection, "SELECT count(*) FROM t"))
                    .containsExactly("2");
            connection.commit();
            connection.setReadOnly(true);
            connection.setCatalog("shop");
            assertThat(connection.getCatalog()).isEqualTo("shop");
            assertThat(connection.isValid(2)).isTrue();
        }
    }

    private static List<String> column(ResultSet rows, String name) throws SQLException {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
            values.add(rows.getString(name));
        }
        return values;
    }

    @Test
    void rowsFetchedSomeAtATimeSurviveOtherStatementsOnTheConnection() throws SQLException {
        String options = "sslMode=DISABLED&allowPublicKeyRetrieval=true&useCursorFetch=true&defaultFetchSize=7";
        try (Connection connection = sql.connect("shop", options);
                var statement = connection.prepareStatement("SELECT `range` FROM range(?)")) {
            statement.setInt(1, 10_000);
            try (ResultSet rows = statement.executeQuery()) {
                long count = 0;
                while (rows.next()) {
                    assertThat(rows.getLong(1)).isEqualTo(count++);
                    if (count % 3000 == 0) {
                        assertThat(RunningLakeSql.rows(connection, "SELECT count(*) FROM t"))
                                .containsExactly("2");
                    }
                }
                assertThat(count).isEqualTo(10_000);
            }
        }
    }

    @Test
    void columnsWithoutAliasAreNamedAsWritten() throws SQLException {
        try (Connection connection = sql.connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT count(*), id  +  1, `name`, Name AS n, @@autocommit FROM t GROUP BY id, name")) {
            assertThat(List.of(1, 2, 3, 4, 5).stream().map(i -> label(row, i)).toList())
                    .containsExactly("count(*)", "id  +  1", "name", "n", "@@autocommit");
        }
    }

    private static String label(ResultSet row, int column) {
        try {
            return row.getMetaData().getColumnLabel(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
