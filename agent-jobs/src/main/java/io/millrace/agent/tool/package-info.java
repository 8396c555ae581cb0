/** Calls of tools: parameterised queries over the lake. */
@NullMarked
package io.millrace.agent.tool;

import org.jspecify.annotations.NullMarked;
