/** Runs SQL pipelines as Flink jobs. */
@NullMarked
package io.millrace.ingestion;

import org.jspecify.annotations.NullMarked;
