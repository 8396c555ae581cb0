/** From an HTTP request to an endpoint's answer: parameters, cache, conditional requests, OpenAPI. */
@NullMarked
package io.millrace.api.endpoint;

import org.jspecify.annotations.NullMarked;
