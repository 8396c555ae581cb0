package io.millrace.ingestion.media.folder;

/** What tells one version of a file from another. */
record Version(long sizeBytes, long modifiedAtMillis) {}
