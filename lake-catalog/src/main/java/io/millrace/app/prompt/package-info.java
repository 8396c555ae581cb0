/** Prompts: versioned files of messages with placeholders. */
@NullMarked
package io.millrace.app.prompt;

import org.jspecify.annotations.NullMarked;
