/** Text recognition by whichever engine is there. */
@NullMarked
package io.millrace.reader.ocr;

import org.jspecify.annotations.NullMarked;
