/** The lake's files over HTTP, none of which can run in a browser. */
@NullMarked
package io.millrace.api.media;

import org.jspecify.annotations.NullMarked;
