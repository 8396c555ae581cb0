package io.millrace.api.search;

import java.util.List;
import java.util.Map;

/**
 * What an engine found.
 *
 * @param hits the best first, each row once
 * @param snapshots by index the snapshot of {@code ai.chunks} that was searched, where the engine knows it
 */
public record Findings(List<Ranked<FoundChunk>> hits, Map<String, Long> snapshots) {}
