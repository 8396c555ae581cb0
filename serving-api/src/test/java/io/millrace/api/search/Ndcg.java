package io.millrace.api.search;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Normalised discounted cumulative gain with gains of 2^grade - 1: 1 for the best order there is, 0 for nothing found. */
final class Ndcg {
    /** A key may hold blanks and colons: the grade is what follows the last colon before a blank or the end. */
    private static final Pattern GRADED = Pattern.compile("(\\S.*?):(\\d+)(?=\\s|$)");

    private Ndcg() {}

    /** @param text {@code key:grade key:grade} */
    static Map<String, Integer> grades(String text) {
        Map<String, Integer> grades = new LinkedHashMap<>();
        Matcher matcher = GRADED.matcher(text);
        while (matcher.find()) {
            grades.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
        if (grades.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' grades nothing: write key:grade key:grade");
        }
        return grades;
    }

    static double at(int depth, List<String> found, Map<String, Integer> grades) {
        double best = gain(
                depth,
                grades.values().stream().sorted(Comparator.reverseOrder()).toList());
        return best == 0
                ? 0
                : gain(
                                depth,
                                found.stream()
                                        .map(key -> grades.getOrDefault(key, 0))
                                        .toList())
                        / best;
    }

    private static double gain(int depth, List<Integer> grades) {
        double gain = 0;
        for (int i = 0; i < Math.min(depth, grades.size()); i++) {
            gain += (Math.pow(2, grades.get(i)) - 1) / (Math.log(i + 2) / Math.log(2));
        }
        return gain;
    }
}
