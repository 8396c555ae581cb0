/** Hot tables on their way into the lake. */
@NullMarked
package io.millrace.ingestion.tiering;

import org.jspecify.annotations.NullMarked;
