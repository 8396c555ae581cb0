/** How often an agent's columns are right, on labelled rows. */
@NullMarked
package io.millrace.agent.accuracy;

import org.jspecify.annotations.NullMarked;
