/** Taking turns and measuring. */
@NullMarked
package io.millrace.models.operations;

import org.jspecify.annotations.NullMarked;
