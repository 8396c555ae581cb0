/**
 * The {@code millrace-doris} connector: writes a table of Doris by Stream Load, over the stream-load classes of
 * flink-doris-connector that work on Flink 2.
 */
@NullMarked
package io.millrace.ingestion.doris;

import org.jspecify.annotations.NullMarked;
