/** The changes of tables, whichever store has them: what a reader needs to know of the one and the other. */
@NullMarked
package io.millrace.changes;

import org.jspecify.annotations.NullMarked;
