/** Starts programs, watches them, starts them again. */
@NullMarked
package io.millrace.launcher.supervise;

import org.jspecify.annotations.NullMarked;
