package io.millrace.launcher.status;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Numbers that the lake says, -1 for one that it does not. */
record LakeNumbers(Connection lake) {
    /** @param table with its database */
    long rows(String table) {
        return number("SELECT count(*) FROM lake." + table);
    }

    long number(String query) {
        try (Statement statement = lake.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            return -1;
        }
    }
}
