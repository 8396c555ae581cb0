/** The changes of a table as server-sent events, whichever store has it. */
@NullMarked
package io.millrace.api.changes;

import org.jspecify.annotations.NullMarked;
