package io.millrace.api.search.doris;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.search.QueryVector;
import io.millrace.api.search.SearchQuery;
import io.millrace.app.search.SearchIndex;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DorisSqlTest {
    private static SearchQuery query(Map<String, List<String>> filters) {
        SearchIndex index =
                new SearchIndex("tickets", "shop.tickets", "ticket_id", "subject", List.of("body"), List.of("status"));
        return new SearchQuery("it's; DROP TABLE x", true, null, List.of(index), filters, 10);
    }

    @Test
    void wordsAreAValueAndOldVersionsAreLeftOut() {
        DorisSql statement = DorisSql.byWords(query(Map.of("status", List.of("open", "new"))));
        assertThat(statement.sql()).isEqualTo("""
                SELECT c.`index`, c.`key`, c.chunk, c.title, c.`text`, c.filters
                FROM (
                  SELECT `index`, `key`, chunk, embedded_at, score() AS relevance
                  FROM internal.shop.embeddings
                  WHERE content MATCH_ANY ? AND `index` IN (?) AND filters['status'] IN (?, ?)
                  ORDER BY relevance DESC
                  LIMIT 300
                ) e
                JOIN lake.ai.chunks c
                  ON c.`index` = e.`index` AND c.`key` = e.`key` AND c.chunk = e.chunk AND c.embedded_at = e.embedded_at
                ORDER BY e.relevance DESC
                LIMIT 100""");
        assertThat(statement.values()).containsExactly("it's; DROP TABLE x", "tickets", "open", "new");
    }

    @Test
    void nearestVectorsOfTheModelAreAskedFor() {
        DorisSql statement = DorisSql.byMeaning(query(Map.of()), new QueryVector("mini", List.of(0.5f, -1e-7f)));
        assertThat(statement.sql())
                .contains("l2_distance_approximate(embedding, [0.5, -1.0E-7]) AS distance\n")
                .contains("WHERE model = ? AND `index` IN (?)\n")
                .contains("ORDER BY distance\n  LIMIT 300\n")
                .endsWith("ORDER BY e.distance\nLIMIT 100");
        assertThat(statement.values()).containsExactly("mini", "tickets");
    }
}
