/** DuckDB over pinned snapshots: scans, the cache of merged tables, running queries. */
@NullMarked
package io.millrace.sql.engine;

import org.jspecify.annotations.NullMarked;
