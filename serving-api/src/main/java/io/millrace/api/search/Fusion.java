package io.millrace.api.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reciprocal rank fusion: what several lists rank high comes first, whatever their scores mean. */
public final class Fusion {
    /** Cormack, Clarke and Büttcher (2009): the best of their runs, and hardly matters. */
    private static final double K = 60;

    private Fusion() {}

    /** The best of both; a row that both found is shown as it was found by words. */
    public static <T> List<Ranked<T>> fuse(Map<Row, T> byWords, Map<Row, T> byMeaning, int limit) {
        Map<Row, Integer> textRanks = ranks(byWords);
        Map<Row, Integer> vectorRanks = ranks(byMeaning);
        Map<Row, T> items = new LinkedHashMap<>(byWords);
        byMeaning.forEach(items::putIfAbsent);
        List<Ranked<T>> all = new ArrayList<>();
        items.forEach((row, item) -> {
            int text = textRanks.getOrDefault(row, 0);
            int vector = vectorRanks.getOrDefault(row, 0);
            all.add(new Ranked<>(item, part(text) + part(vector), text, vector));
        });
        all.sort(
                Comparator.comparingDouble((Ranked<T> ranked) -> ranked.score()).reversed());
        return List.copyOf(all.subList(0, Math.min(limit, all.size())));
    }

    private static double part(int rank) {
        return rank == 0 ? 0 : 1 / (K + rank);
    }

    /** @param found in its order */
    private static Map<Row, Integer> ranks(Map<Row, ?> found) {
        Map<Row, Integer> ranks = new LinkedHashMap<>();
        found.keySet().forEach(row -> ranks.put(row, ranks.size() + 1));
        return ranks;
    }
}
