/** One file at a time, in bounded time. */
@NullMarked
package io.millrace.reader.work;

import org.jspecify.annotations.NullMarked;
