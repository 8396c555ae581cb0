/** The way of a call: ledger, provider, check, commit, answer. */
@NullMarked
package io.millrace.gateway.call;

import org.jspecify.annotations.NullMarked;
