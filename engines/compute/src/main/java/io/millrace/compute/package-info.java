/** A Flink cluster as one supervised program. */
@NullMarked
package io.millrace.compute;

import org.jspecify.annotations.NullMarked;
