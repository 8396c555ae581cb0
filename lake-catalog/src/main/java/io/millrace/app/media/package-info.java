/** Folders of files: what the jobs that read them are handed. */
@NullMarked
package io.millrace.app.media;

import org.jspecify.annotations.NullMarked;
