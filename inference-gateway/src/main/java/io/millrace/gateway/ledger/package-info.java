/** The ledger in PostgreSQL: what was asked, what came of it, what it cost. */
@NullMarked
package io.millrace.gateway.ledger;

import org.jspecify.annotations.NullMarked;
