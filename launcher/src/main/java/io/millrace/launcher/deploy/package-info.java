/** Brings tables, topics, connectors and jobs to what the app says. */
@NullMarked
package io.millrace.launcher.deploy;

import org.jspecify.annotations.NullMarked;
