/**
 * The {@code guarded} format: reads events by another format, and turns an event that cannot be read into a row that says
 * so, for the dead-letter table.
 */
@NullMarked
package io.millrace.ingestion.guarded;

import org.jspecify.annotations.NullMarked;
