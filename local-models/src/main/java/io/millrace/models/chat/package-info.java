/** The chat model and what it answers. */
@NullMarked
package io.millrace.models.chat;

import org.jspecify.annotations.NullMarked;
