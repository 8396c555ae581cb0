/** What an app makes searchable; these records are also what the job that embeds it is handed. */
@NullMarked
package io.millrace.app.search;

import org.jspecify.annotations.NullMarked;
