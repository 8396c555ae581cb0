/** Plain text, HTML and SVG, and the language of any text. */
@NullMarked
package io.millrace.reader.text;

import org.jspecify.annotations.NullMarked;
