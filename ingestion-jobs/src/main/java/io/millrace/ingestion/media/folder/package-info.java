/** The source of a watched folder: who finds files, who reads them, what both remember. */
@NullMarked
package io.millrace.ingestion.media.folder;

import org.jspecify.annotations.NullMarked;
