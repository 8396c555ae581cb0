/** The jobs on several processes with an object store, and the lake as other readers see it. */
@NullMarked
package io.millrace.cluster;

import org.jspecify.annotations.NullMarked;
