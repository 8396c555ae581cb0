package io.millrace.app.sql;

/**
 * A table named in a statement.
 *
 * @param written whether the statement inserts into it; else it reads it
 * @param line 1-based line of the name in its file
 */
public record TableReference(String catalog, String database, String table, boolean written, int line) {
    public String name() {
        return catalog + "." + database + "." + table;
    }
}
