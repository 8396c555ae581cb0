package io.millrace.launcher.platform;

import io.millrace.launcher.layout.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether a table's data can be read. */
final class FirstRow {
    private FirstRow() {}

    /** Whether the table {@code DATABASE.TABLE} has a row, asked over the SQL port. */
    static boolean bySql(String table, Databases databases) {
        try (Connection connection = databases.connectToLake();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM lake." + table + " LIMIT 1")) {
            return rows.next();
        } catch (SQLException e) {
            return false;
        }
    }
}
