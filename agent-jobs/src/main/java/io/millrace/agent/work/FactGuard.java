package io.millrace.agent.work;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds claims in a written text that nothing known supports: a number that neither the row nor a tool's answer holds, a
 * day or a word of the language of facts that no tool's answer holds.
 */
final class FactGuard {
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
    private static final Pattern DAY =
            Pattern.compile("\\b(?:january|february|march|april|june|july|august|september|october|november|december"
                    + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|yesterday)\\b");

    private final List<String> words;

    /** @param words beginnings of words: {@code ship} stands for shipped and shipping too */
    FactGuard(List<String> words) {
        this.words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    /** What is not supported: numbers, then days, then words; empty when all is. */
    List<String> unsupported(String text, String input, String facts) {
        String lower = text.toLowerCase(Locale.ROOT);
        String known = facts.toLowerCase(Locale.ROOT);
        Set<String> numbers = new HashSet<>();
        NUMBER.matcher(input + " " + facts).results().map(MatchResult::group).forEach(numbers::add);
        List<String> unsupported = new ArrayList<>();
        NUMBER.matcher(lower)
                .results()
                .map(MatchResult::group)
                .filter(number -> !numbers.contains(number))
                .forEach(unsupported::add);
        DAY.matcher(lower)
                .results()
                .map(MatchResult::group)
                .filter(day -> !known.contains(day))
                .forEach(unsupported::add);
        for (String word : words) {
            if (Pattern.compile("\\b" + Pattern.quote(word)).matcher(lower).find() && !known.contains(word)) {
                unsupported.add(word);
            }
        }
        return unsupported;
    }
}
