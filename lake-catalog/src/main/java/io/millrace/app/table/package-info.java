/** Table definitions as an app writes them: Flink SQL's CREATE TABLE. */
@NullMarked
package io.millrace.app.table;

import org.jspecify.annotations.NullMarked;
