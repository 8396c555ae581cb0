/** Search indexes of our own, kept up to date from the lake. */
@NullMarked
package io.millrace.api.search.lucene;

import org.jspecify.annotations.NullMarked;
