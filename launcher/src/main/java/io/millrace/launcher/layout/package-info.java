/** Where the platform's programs, data, ports and secrets are. */
@NullMarked
package io.millrace.launcher.layout;

import org.jspecify.annotations.NullMarked;
