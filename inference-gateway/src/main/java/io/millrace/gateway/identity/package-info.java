/** What makes two model calls the same call. */
@NullMarked
package io.millrace.gateway.identity;

import org.jspecify.annotations.NullMarked;
