/** JSON schemas, and answers held to them. */
@NullMarked
package io.millrace.models.schema;

import org.jspecify.annotations.NullMarked;
