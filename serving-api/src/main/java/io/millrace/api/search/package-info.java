/** Search over the app's texts, by words and by meaning. */
@NullMarked
package io.millrace.api.search;

import org.jspecify.annotations.NullMarked;
