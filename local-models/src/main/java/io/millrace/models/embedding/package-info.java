/** The embedding model. */
@NullMarked
package io.millrace.models.embedding;

import org.jspecify.annotations.NullMarked;
