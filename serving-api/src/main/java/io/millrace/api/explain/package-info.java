/** Where a value came from that a model had a part in. */
@NullMarked
package io.millrace.api.explain;

import org.jspecify.annotations.NullMarked;
