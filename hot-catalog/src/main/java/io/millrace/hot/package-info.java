/** The hot store's tables. */
@NullMarked
package io.millrace.hot;

import org.jspecify.annotations.NullMarked;
