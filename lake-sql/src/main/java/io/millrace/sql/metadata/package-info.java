/** Answers about the lake instead of from it: SHOW, DESC, information_schema, system variables. */
@NullMarked
package io.millrace.sql.metadata;

import org.jspecify.annotations.NullMarked;
