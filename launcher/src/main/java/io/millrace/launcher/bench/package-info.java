/** Load for the running platform, and what it takes. */
@NullMarked
package io.millrace.launcher.bench;

import org.jspecify.annotations.NullMarked;
