/** One client's session: what it may send, and who answers it. */
@NullMarked
package io.millrace.sql.session;

import org.jspecify.annotations.NullMarked;
