/** The inference gateway: OpenAI's HTTP API in front of models, with a ledger that pays for a call once. */
@NullMarked
package io.millrace.gateway;

import org.jspecify.annotations.NullMarked;
