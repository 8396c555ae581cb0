/** The gateway's HTTP side: requests read, answers and events written. */
@NullMarked
package io.millrace.gateway.http;

import org.jspecify.annotations.NullMarked;
