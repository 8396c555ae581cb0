/** The SQL server: pooled connections, one query a call, rows as JSON. */
@NullMarked
package io.millrace.api.sql;

import org.jspecify.annotations.NullMarked;
