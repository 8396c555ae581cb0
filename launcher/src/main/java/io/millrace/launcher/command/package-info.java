/** One class a subcommand. */
@NullMarked
package io.millrace.launcher.command;

import org.jspecify.annotations.NullMarked;
