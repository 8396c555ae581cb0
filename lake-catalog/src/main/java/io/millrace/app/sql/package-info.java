/** Reads SQL files: statements, tokens with their lines, and the tables they name. */
@NullMarked
package io.millrace.app.sql;

import org.jspecify.annotations.NullMarked;
