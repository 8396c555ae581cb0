/** The Paimon warehouse: names, snapshots, and the files and splits a snapshot is read from. */
@NullMarked
package io.millrace.sql.lake;

import org.jspecify.annotations.NullMarked;
