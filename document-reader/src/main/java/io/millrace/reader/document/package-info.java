/** What is said of a file, and how it is found out whatever the file's type. */
@NullMarked
package io.millrace.reader.document;

import org.jspecify.annotations.NullMarked;
