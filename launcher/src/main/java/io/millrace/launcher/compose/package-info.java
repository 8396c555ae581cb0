/** What the launcher knows of the full stack in {@code docker-compose.yml}. */
@NullMarked
package io.millrace.launcher.compose;

import org.jspecify.annotations.NullMarked;
