/** Fluss as one supervised program. */
@NullMarked
package io.millrace.hotstore;

import org.jspecify.annotations.NullMarked;
