/** Files of watched folders into the lake: each content once, each file a row. */
@NullMarked
package io.millrace.ingestion.media;

import org.jspecify.annotations.NullMarked;
