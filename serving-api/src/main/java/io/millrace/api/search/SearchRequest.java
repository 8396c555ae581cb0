package io.millrace.api.search;

import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.app.search.SearchIndex;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A request's parameters, checked.
 *
 * @param indexes where to search
 * @param filters by column the values asked for
 */
record SearchRequest(String text, Mode mode, List<SearchIndex> indexes, Map<String, List<String>> filters, int limit) {
    static final int LONGEST_TEXT = 2000;
    static final int MOST_HITS = 100;
    static final int HITS = 10;

    /**
     * @param given the query string's values by name
     * @throws ProblemException naming the parameter, its value and the fix
     */
    static SearchRequest read(Map<String, List<String>> given, List<SearchIndex> known) {
        String text = one(given, "q", "").strip();
        if (!given.containsKey("q")) {
            throw new ProblemException(
                    ProblemCode.MISSING_PARAMETER, "parameter 'q' is missing: add ?q=…, what to search for");
        }
        if (text.isEmpty()) {
            throw invalid("parameter 'q' is empty: write what to search for");
        }
        if (text.length() > LONGEST_TEXT) {
            throw invalid("parameter 'q' has " + text.length() + " characters and " + LONGEST_TEXT
                    + " are allowed: shorten it");
        }
        String word = one(given, "mode", Mode.HYBRID.word());
        Mode mode = Mode.of(word)
                .orElseThrow(() -> invalid("parameter 'mode' has the value '" + word + "': expected one of "
                        + String.join(", ", Mode.words())));
        Map<String, List<String>> filters = new LinkedHashMap<>(given);
        List.of("q", "in", "mode", "limit").forEach(filters::remove);
        List<SearchIndex> named = named(one(given, "in", ""), known);
        return new SearchRequest(
                text, mode, withFilters(named, filters, given.containsKey("in")), filters, limit(given));
    }

    private static List<SearchIndex> named(String in, List<SearchIndex> known) {
        if (in.isBlank()) {
            return known;
        }
        List<String> names = known.stream().map(SearchIndex::name).toList();
        List<SearchIndex> named = new ArrayList<>();
        for (String name : in.split(",")) {
            named.add(known.stream()
                    .filter(index -> index.name().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.UNKNOWN_INDEX,
                            "nothing is searched as '" + name.strip() + "'" + Nearest.hint(name.strip(), names))));
        }
        return named.stream().distinct().toList();
    }

    /** Indexes that were named must have every filter; of all of them, those that have it are searched. */
    private static List<SearchIndex> withFilters(
            List<SearchIndex> indexes, Map<String, List<String>> filters, boolean named) {
        List<SearchIndex> fit = indexes.stream()
                .filter(index -> index.filters().containsAll(filters.keySet()))
                .toList();
        if (fit.isEmpty() || (named && fit.size() < indexes.size())) {
            SearchIndex lacking = indexes.stream()
                    .filter(index -> !index.filters().containsAll(filters.keySet()))
                    .findFirst()
                    .orElseThrow();
            String filter = filters.keySet().stream()
                    .filter(name -> !lacking.filters().contains(name))
                    .findFirst()
                    .orElseThrow();
            TreeSet<String> possible = new TreeSet<>(List.of("q", "in", "mode", "limit"));
            possible.addAll(lacking.filters());
            throw new ProblemException(
                    ProblemCode.UNKNOWN_FILTER,
                    "'" + filter + "' is no filter of '" + lacking.name() + "'" + Nearest.hint(filter, possible));
        }
        return fit;
    }

    private static int limit(Map<String, List<String>> given) {
        String text = one(given, "limit", Integer.toString(HITS));
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_HITS) {
            throw invalid("parameter 'limit' has the value '" + text + "': expected 1 to " + MOST_HITS);
        }
        return Integer.parseInt(text);
    }

    private static String one(Map<String, List<String>> given, String name, String otherwise) {
        List<String> values = given.getOrDefault(name, List.of(otherwise));
        if (values.size() > 1) {
            throw invalid("parameter '" + name + "' is given " + values.size() + " times: give it once");
        }
        return values.get(0);
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemCode.INVALID_PARAMETER, detail);
    }
}
