/** The program: settings, wiring, start and end. */
@NullMarked
package io.millrace.models;

import org.jspecify.annotations.NullMarked;
