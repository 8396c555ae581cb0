/** Calls of models through the inference gateway. */
@NullMarked
package io.millrace.agent.model;

import org.jspecify.annotations.NullMarked;
