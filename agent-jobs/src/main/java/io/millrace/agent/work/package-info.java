/** One row's work, step by step. */
@NullMarked
package io.millrace.agent.work;

import org.jspecify.annotations.NullMarked;
