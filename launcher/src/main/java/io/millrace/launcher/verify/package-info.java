/** Compares the lake with its sources. */
@NullMarked
package io.millrace.launcher.verify;

import org.jspecify.annotations.NullMarked;
