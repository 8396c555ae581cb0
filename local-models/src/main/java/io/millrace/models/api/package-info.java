/** The wire: requests parsed once, documents in OpenAI's shapes. */
@NullMarked
package io.millrace.models.api;

import org.jspecify.annotations.NullMarked;
