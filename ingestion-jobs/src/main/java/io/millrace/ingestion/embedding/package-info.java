/** Fills {@code ai.chunks}: texts of lake tables in chunks, each with its embedding. */
@NullMarked
package io.millrace.ingestion.embedding;

import org.jspecify.annotations.NullMarked;
