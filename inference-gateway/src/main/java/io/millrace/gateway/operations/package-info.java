/** What runs the program wants to know: metrics. */
@NullMarked
package io.millrace.gateway.operations;

import org.jspecify.annotations.NullMarked;
