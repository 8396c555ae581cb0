/** The models behind the gateway, over HTTP. */
@NullMarked
package io.millrace.gateway.provider;

import org.jspecify.annotations.NullMarked;
