/** What a file holds: its bytes on their way into the lake, and the attachments of a mail. */
@NullMarked
package io.millrace.ingestion.media.content;

import org.jspecify.annotations.NullMarked;
