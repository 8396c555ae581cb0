/** What runs, and how well. */
@NullMarked
package io.millrace.launcher.status;

import org.jspecify.annotations.NullMarked;
