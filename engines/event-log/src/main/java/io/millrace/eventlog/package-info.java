/** Kafka and Kafka Connect as one supervised program. */
@NullMarked
package io.millrace.eventlog;

import org.jspecify.annotations.NullMarked;
