/** A running platform: its programs, its state, its way from nothing to ready. */
@NullMarked
package io.millrace.launcher.platform;

import org.jspecify.annotations.NullMarked;
