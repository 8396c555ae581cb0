package io.millrace.agent.work;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What of a text looks like something. */
final class Matches {
    private Matches() {}

    /** Each whole word or number of the text that the pattern matches, once, in order. */
    static List<String> of(String pattern, String text) {
        return Pattern.compile("(?<![\\w.])(?:" + pattern + ")(?!\\w)")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
