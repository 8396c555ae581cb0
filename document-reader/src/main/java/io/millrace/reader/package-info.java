/** The program: settings, wiring, start and end. */
@NullMarked
package io.millrace.reader;

import org.jspecify.annotations.NullMarked;
