/**
 * The {@code millrace} model provider: ML_PREDICT asks the inference gateway, many rows at a time, and every row it is
 * given comes out once, with an answer or with the reason there is none.
 */
@NullMarked
package io.millrace.ingestion.inference;

import org.jspecify.annotations.NullMarked;
