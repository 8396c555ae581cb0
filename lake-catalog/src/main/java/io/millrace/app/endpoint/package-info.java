/** REST endpoints written as SQL files: a header that says path, parameters and options, and one query. */
@NullMarked
package io.millrace.app.endpoint;

import org.jspecify.annotations.NullMarked;
