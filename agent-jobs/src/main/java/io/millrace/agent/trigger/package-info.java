/** From a changelog to one event for each row version, the backlog held back. */
@NullMarked
package io.millrace.agent.trigger;

import org.jspecify.annotations.NullMarked;
