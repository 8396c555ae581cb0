package io.millrace.demo;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * Loads an app's seed folder into an empty source database: its {@code NN_name.sql} and {@code NN_table.csv} files in
 * name order, all in one transaction, once.
 */
public final class Seed {
    private Seed() {}

    /**
     * @return whether rows were loaded; false when they were there already
     * @throws SQLException naming the file that failed; nothing is loaded then
     */
    public static boolean loadOnce(Connection connection, Path folder) throws SQLException, IOException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS millrace");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS millrace.seeds (folder TEXT PRIMARY KEY, loaded_at TIMESTAMPTZ)");
            String name = folder.getFileName().toString();
            if (statement.executeUpdate("INSERT INTO millrace.seeds VALUES ('" + name.replace("'", "''")
                            + "', now()) ON CONFLICT DO NOTHING")
                    == 0) {
                connection.rollback();
                return false;
            }
            for (Path file : files(folder)) {
                load(connection, statement, file);
            }
            connection.commit();
            return true;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private static void load(Connection connection, Statement statement, Path file) throws SQLException, IOException {
        String name = file.getFileName().toString();
        try {
            if (name.endsWith(".sql")) {
                statement.execute(Files.readString(file));
                return;
            }
            String table = name.substring(name.indexOf('_') + 1, name.length() - ".csv".length());
            try (Reader rows = Files.newBufferedReader(file);
                    Stream<String> lines = Files.lines(file)) {
                String columns = lines.findFirst().orElse("");
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY " + table + " (" + columns + ") FROM STDIN WITH (FORMAT csv, HEADER true)", rows);
            }
        } catch (SQLException e) {
            throw new SQLException(file + ": " + e.getMessage(), e.getSQLState(), e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+_\\w+\\.(sql|csv)"))
                    .sorted()
                    .toList();
        }
    }
}
