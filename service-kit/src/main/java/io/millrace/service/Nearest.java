package io.millrace.service;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known name a typo most likely meant. */
public final class Nearest {
    private Nearest() {}

    /** The known name within two edits, or a third of the name, or empty when none is that close. */
    public static Optional<String> to(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> edits(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> edits(name, candidate) <= Math.max(2, name.length() / 3));
    }

    /** " — did you mean 'x'?" or, when nothing is close, the known names in parentheses. */
    public static String hint(String name, Collection<String> known) {
        return to(name, known)
                .map(nearest -> " — did you mean '" + nearest + "'?")
                .orElseGet(() -> " (known: "
                        + String.join(", ", known.stream().sorted().limit(12).toList()) + ")");
    }

    /** Levenshtein distance, ignoring case. */
    private static int edits(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change =
                        Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1)) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
