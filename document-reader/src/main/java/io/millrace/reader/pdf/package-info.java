/** PDF: text, page count, scanned pages, a picture of the first page. */
@NullMarked
package io.millrace.reader.pdf;

import org.jspecify.annotations.NullMarked;
