package io.millrace.api.search.lucene;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far an index has come with its table.
 *
 * @param table what Paimon tells this table by from one made anew in its place
 * @param next the snapshot whose changes come next
 */
record Progress(String table, long next) {
    private static final String FORMAT = "format";
    private static final String TABLE = "table";
    private static final String NEXT = "next";

    /** Empty when there is none of this format. */
    static Optional<Progress> of(Map<String, String> commit, String format) {
        @Nullable String table = commit.get(TABLE);
        @Nullable String next = commit.get(NEXT);
        return format.equals(commit.get(FORMAT)) && table != null && next != null
                ? Optional.of(new Progress(table, Long.parseLong(next)))
                : Optional.empty();
    }

    /** The last snapshot whose changes are in; 0 when there was none yet. */
    long snapshot() {
        return next - 1;
    }

    Map<String, String> data(String format) {
        return Map.of(FORMAT, format, TABLE, table, NEXT, Long.toString(next));
    }
}
