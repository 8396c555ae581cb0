/** What an app gives Doris: the statements of its {@code doris/} folder and the pipelines that feed its tables. */
@NullMarked
package io.millrace.app.doris;

import org.jspecify.annotations.NullMarked;
