/** The program: settings, wiring, start and end. */
@NullMarked
package io.millrace.api;

import org.jspecify.annotations.NullMarked;
