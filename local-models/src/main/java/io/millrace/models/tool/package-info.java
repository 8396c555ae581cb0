/** Which tool to call. */
@NullMarked
package io.millrace.models.tool;

import org.jspecify.annotations.NullMarked;
