/** What an app folder says: read once, checked before anything starts, then plain records. */
@NullMarked
package io.millrace.app;

import org.jspecify.annotations.NullMarked;
