/** Search by Doris, which has indexes for words and for vectors. */
@NullMarked
package io.millrace.api.search.doris;

import org.jspecify.annotations.NullMarked;
