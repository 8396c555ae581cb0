package io.millrace.launcher.status;

import io.millrace.launcher.layout.Numbers;
import java.sql.Connection;
import java.sql.SQLException;

/** Numbers that the lake says, -1 for one that it does not. */
record LakeNumbers(Connection lake) {
    /** @param table with its database */
    long rows(String table) {
        return number("SELECT count(*) FROM lake." + table);
    }

    long number(String query) {
        try {
            return Numbers.of(lake, query);
        } catch (SQLException e) {
            return -1;
        }
    }
}
