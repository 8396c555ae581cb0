package io.millrace.sql.lake;

/** A table of the warehouse; the table part may name a system table, like {@code orders$snapshots}. */
public record TableName(String database, String table) {
    @Override
    public String toString() {
        return database + "." + table;
    }
}
