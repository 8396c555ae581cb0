/** Asking the inference gateway from a job: many requests at a time, patient while it is away or busy. */
@NullMarked
package io.millrace.ingestion.gateway;

import org.jspecify.annotations.NullMarked;
