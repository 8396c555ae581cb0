package io.millrace.app.table;

/**
 * A column of a lake table.
 *
 * @param type SQL type as the author wrote it, without nullability: {@code DECIMAL(12, 2)}
 * @param line 1-based line in its file
 */
public record Column(String name, String type, boolean nullable, String comment, int line) {}
