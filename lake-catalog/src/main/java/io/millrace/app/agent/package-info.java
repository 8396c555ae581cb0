/** Agents as an app declares them; these records are also what the agent's job is handed. */
@NullMarked
package io.millrace.app.agent;

import org.jspecify.annotations.NullMarked;
