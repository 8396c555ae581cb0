package io.millrace.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The real server over a test's lake, and MySQL's own driver as its client. */
final class RunningLakeSql implements AutoCloseable {
    static final String PASSWORD = "s3cret-Wörd";

    private final LakeSql server;

    RunningLakeSql(TestLake lake) throws Exception {
        this(lake, 256, 60, 64);
    }

    RunningLakeSql(TestLake lake, int memoryMebibytes, int timeoutSeconds, int maxConnections) throws Exception {
        Path temp = lake.directory().resolveSibling("lake-sql-temp");
        server = LakeSql.start(new LakeSqlSettings(
                "127.0.0.1",
                0,
                lake.directory().toString(),
                "lake",
                "millrace",
                PASSWORD,
                memoryMebibytes,
                2,
                timeoutSeconds,
                maxConnections,
                temp.toString(),
                "",
                "",
                ""));
    }

    LakeSql server() {
        return server;
    }

    Connection connect() throws SQLException {
        return connect("shop", "sslMode=DISABLED&allowPublicKeyRetrieval=true&connectionTimeZone=UTC");
    }

    Connection connect(String database, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + server.port() + "/" + database + "?" + options, "millrace", PASSWORD);
    }

    /** The rows as text, columns joined by |. */
    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return rows(result);
        }
    }

    static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                values.add(result.getString(i));
            }
            rows.add(String.join("|", values.stream().map(String::valueOf).toList()));
        }
        return rows;
    }

    /** The rows over a connection of its own. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return rows(connection, sql);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        server.close();
    }
}
