/** What runs the program wants to know: alive, ready, metrics. */
@NullMarked
package io.millrace.api.operations;

import org.jspecify.annotations.NullMarked;
