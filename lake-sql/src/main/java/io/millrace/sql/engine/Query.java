package io.millrace.sql.engine;

import io.millrace.sql.dialect.Token;
import java.util.List;

/**
 * A query as a session sends it.
 *
 * @param sql what was written
 * @param tokens of what was written, without a trailing semicolon
 * @param translated the same in DuckDB's SQL
 * @param database what a table's name without one belongs to, or an empty string
 */
public record Query(String sql, List<Token> tokens, String translated, String database, VirtualTables virtualTables) {}
