/** The MySQL client/server protocol. */
@NullMarked
package io.millrace.sql.protocol;

import org.jspecify.annotations.NullMarked;
