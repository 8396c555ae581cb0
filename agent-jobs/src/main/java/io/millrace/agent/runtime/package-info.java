/** Flink Agents 0.2.0 and what it needs to be restored. */
@NullMarked
package io.millrace.agent.runtime;

import org.jspecify.annotations.NullMarked;
