/** What callers are told when a call does not succeed. */
@NullMarked
package io.millrace.gateway.problem;

import org.jspecify.annotations.NullMarked;
