/** What must hold before anything is started. */
@NullMarked
package io.millrace.launcher.preflight;

import org.jspecify.annotations.NullMarked;
