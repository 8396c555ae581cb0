/** MySQL-protocol SQL over a Paimon warehouse, answered by DuckDB in this process. */
@NullMarked
package io.millrace.sql;

import org.jspecify.annotations.NullMarked;
