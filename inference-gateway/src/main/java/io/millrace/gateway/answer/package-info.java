/** What a model's answer must be, and its two shapes: one document or chunks. */
@NullMarked
package io.millrace.gateway.answer;

import org.jspecify.annotations.NullMarked;
