/** Decides from DuckDB's own syntax tree what a query may do, and puts the lake's tables into it. */
@NullMarked
package io.millrace.sql.guard;

import org.jspecify.annotations.NullMarked;
