/** Doris' SQL: its tokens, its statements, and how they read in DuckDB's SQL. */
@NullMarked
package io.millrace.sql.dialect;

import org.jspecify.annotations.NullMarked;
