/** What jobs of the hot store are handed. */
@NullMarked
package io.millrace.app.hot;

import org.jspecify.annotations.NullMarked;
