/** What a caller reads when a request cannot be answered: RFC 9457 problem documents. */
@NullMarked
package io.millrace.api.problem;

import org.jspecify.annotations.NullMarked;
