/** PostgreSQL as a supervised program. */
@NullMarked
package io.millrace.sourcedb;

import org.jspecify.annotations.NullMarked;
