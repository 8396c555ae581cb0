package io.millrace.api.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reciprocal rank fusion: what several lists rank high comes first, whatever their scores mean. */
final class Fusion {
    /** Cormack, Clarke and Büttcher (2009): the best of their runs, and hardly matters. */
    private static final double K = 60;

    private Fusion() {}

    /** The best rows; the chunk shown is the one found by words, where there is one. */
    static List<Hit> fuse(Findings findings, int limit) {
        Map<FoundChunk.Row, Integer> textRanks = ranks(findings.byWords());
        Map<FoundChunk.Row, Integer> vectorRanks = ranks(findings.byMeaning());
        Map<FoundChunk.Row, FoundChunk> chunks = new LinkedHashMap<>();
        findings.byWords().forEach(chunk -> chunks.putIfAbsent(chunk.row(), chunk));
        findings.byMeaning().forEach(chunk -> chunks.putIfAbsent(chunk.row(), chunk));
        List<Hit> hits = new ArrayList<>();
        chunks.forEach((row, chunk) -> {
            int text = textRanks.getOrDefault(row, 0);
            int vector = vectorRanks.getOrDefault(row, 0);
            hits.add(new Hit(chunk, part(text) + part(vector), text, vector));
        });
        hits.sort(Comparator.comparingDouble(Hit::score).reversed());
        return List.copyOf(hits.subList(0, Math.min(limit, hits.size())));
    }

    private static double part(int rank) {
        return rank == 0 ? 0 : 1 / (K + rank);
    }

    private static Map<FoundChunk.Row, Integer> ranks(List<FoundChunk> chunks) {
        Map<FoundChunk.Row, Integer> ranks = new LinkedHashMap<>();
        chunks.forEach(chunk -> ranks.putIfAbsent(chunk.row(), ranks.size() + 1));
        return ranks;
    }
}
