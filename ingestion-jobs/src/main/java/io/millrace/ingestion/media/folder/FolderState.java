package io.millrace.ingestion.media.folder;

import java.util.List;
import java.util.Map;

/**
 * What the enumerator remembers.
 *
 * @param seen each file's newest version that was given out or waits
 * @param waiting versions that no reader has yet
 */
record FolderState(Map<String, Version> seen, List<FileSplit> waiting) {}
