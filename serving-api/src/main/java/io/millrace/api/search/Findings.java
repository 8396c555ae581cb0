package io.millrace.api.search;

import java.util.List;
import java.util.Map;

/**
 * What an engine found, the best first, each row once in each list.
 *
 * @param byWords empty when it was not asked for
 * @param byMeaning empty when it was not asked for
 * @param snapshots by index the snapshot of {@code ai.chunks} that was searched, where the engine knows it
 */
public record Findings(List<FoundChunk> byWords, List<FoundChunk> byMeaning, Map<String, Long> snapshots) {}
