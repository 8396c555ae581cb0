/** The entry point: from the trigger table to the result tables. */
@NullMarked
package io.millrace.agent.job;

import org.jspecify.annotations.NullMarked;
