package io.millrace.api.search.doris;

import io.millrace.api.search.QueryVector;
import io.millrace.api.search.SearchQuery;
import io.millrace.app.search.SearchIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query of Doris.
 *
 * <p>Doris' table keeps every version of every chunk, for a table with an ANN index takes no updates. The join with the
 * lake's own table, which Doris reads in place, leaves those that are still there. The times compare in UTC, as the API
 * sets its sessions.
 *
 * @param values of its question marks, in order
 */
record DorisSql(String sql, List<String> values) {
    private static final String TABLE = "internal.shop.embeddings";

    /** What is old or of the same row goes from it. */
    private static final int CANDIDATES = 300;

    private static final int FOUND = 100;

    DorisSql {
        values = List.copyOf(values);
    }

    static DorisSql byWords(SearchQuery query) {
        List<String> values = new ArrayList<>(List.of(query.text()));
        return join("score() AS relevance", "content MATCH_ANY ?", "relevance DESC", values, query);
    }

    static DorisSql byMeaning(SearchQuery query, QueryVector vector) {
        String numbers = vector.numbers().stream().map(String::valueOf).collect(Collectors.joining(", "));
        List<String> values = new ArrayList<>(List.of(vector.model()));
        return join(
                "l2_distance_approximate(embedding, [" + numbers + "]) AS distance",
                "model = ?",
                "distance",
                values,
                query);
    }

    private static DorisSql join(String rank, String condition, String order, List<String> values, SearchQuery query) {
        List<String> names = query.indexes().stream().map(SearchIndex::name).toList();
        StringBuilder conditions = new StringBuilder(condition);
        in(conditions, "`index`", names, values);
        query.filters().forEach((column, wanted) -> in(conditions, "filters['" + column + "']", wanted, values));
        String sql = """
                SELECT c.`index`, c.`key`, c.chunk, c.title, c.`text`, c.filters
                FROM (
                  SELECT `index`, `key`, chunk, embedded_at, %s
                  FROM %s
                  WHERE %s
                  ORDER BY %s
                  LIMIT %d
                ) e
                JOIN lake.%s c
                  ON c.`index` = e.`index` AND c.`key` = e.`key` AND c.chunk = e.chunk AND c.embedded_at = e.embedded_at
                ORDER BY e.%s
                LIMIT %d""".formatted(rank, TABLE, conditions, order, CANDIDATES, SearchIndex.CHUNKS, order, FOUND);
        return new DorisSql(sql, values);
    }

    /** Columns come from app.yaml, where only names of columns stand; what callers write is a value. */
    private static void in(StringBuilder conditions, String column, List<String> wanted, List<String> values) {
        conditions
                .append(" AND ")
                .append(column)
                .append(" IN (")
                .append(String.join(", ", Collections.nCopies(wanted.size(), "?")))
                .append(")");
        values.addAll(wanted);
    }
}
