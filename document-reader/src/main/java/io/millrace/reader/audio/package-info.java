/** Sound: how long it is. */
@NullMarked
package io.millrace.reader.audio;

import org.jspecify.annotations.NullMarked;
