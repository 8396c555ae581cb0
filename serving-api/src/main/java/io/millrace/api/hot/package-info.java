/** Rows by their key, in milliseconds. */
@NullMarked
package io.millrace.api.hot;

import org.jspecify.annotations.NullMarked;
