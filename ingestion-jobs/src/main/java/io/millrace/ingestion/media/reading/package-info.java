/** Has what files hold read, by the document reader and the gateway's transcription, one content at a time. */
@NullMarked
package io.millrace.ingestion.media.reading;

import org.jspecify.annotations.NullMarked;
