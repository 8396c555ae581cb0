/** The demo's seed rows and traffic. */
@NullMarked
package io.millrace.demo;

import org.jspecify.annotations.NullMarked;
