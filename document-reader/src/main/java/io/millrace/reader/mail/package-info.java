/** Mail: its own words; what is attached are files of their own. */
@NullMarked
package io.millrace.reader.mail;

import org.jspecify.annotations.NullMarked;
