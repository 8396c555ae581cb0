/** The Paimon lake: its catalog and the tables in it. */
@NullMarked
package io.millrace.lake;

import org.jspecify.annotations.NullMarked;
