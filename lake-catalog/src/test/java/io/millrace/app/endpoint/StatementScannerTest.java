package io.millrace.app.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementScannerTest {
    private final List<Problem> problems = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT :a                    | SELECT ?",
                "SELECT (:a),:a+:a            | SELECT (?),?+?",
                "SELECT x=:a                  | SELECT x=?",
                "SELECT -:a                   | SELECT -?",
                "SELECT :a::INT               | SELECT ?::INT",
                "SELECT ':b', :a              | SELECT ':b', ?",
                "SELECT 'it''s :b', :a        | SELECT 'it''s :b', ?",
                "SELECT 'it\\' :b', :a        | SELECT 'it\\' :b', ?",
                "SELECT '\\\\', :a            | SELECT '\\\\', ?",
                "SELECT \":b\", :a            | SELECT \":b\", ?",
                "SELECT \"x\"\":b\", :a       | SELECT \"x\"\":b\", ?",
                "SELECT `x:b`, `y\\`, :a      | SELECT `x:b`, `y\\`, ?",
                "SELECT /* :b ' */ :a         | SELECT   ?",
                "SELECT :a -- :b '            | SELECT ?",
                "SELECT :a # :b '             | SELECT ?",
                "SELECT /*+ hint(:b) */ :a    | SELECT /*+ hint(:b) */ ?",
                "SELECT :a;                   | SELECT ?",
                "SELECT :a ; -- the end       | SELECT ?",
            })
    void onlyNamesOutsideOfQuotesAndCommentsAreParameters(String text, String sql) {
        EndpointStatement statement = new StatementScanner("x.sql", text, 1, problems).scan();
        assertThat(statement.sql()).isEqualTo(sql);
        assertThat(statement.parameters()).isNotEmpty().containsOnly("a");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT x::INT",
                "SELECT list[1:n]",
                "SELECT a:b",
                "SELECT @x := 1",
                "WITH q AS (SELECT 1) SELECT * FROM q",
                "(SELECT 1)",
                "select `update` from t.into",
                "SELECT t.delete FROM (SELECT 1) t"
            })
    void otherColonsAndNamesStayAsTheyAre(String text) {
        EndpointStatement statement = new StatementScanner("x.sql", text, 1, problems).scan();
        assertThat(statement.sql()).isEqualTo(text);
        assertThat(statement.parameters()).isEmpty();
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT 1 LIMIT 5, true",
        "select 1 limit 5, true",
        "SELECT 1, false",
        "SELECT (SELECT 1 LIMIT 1), false",
        "SELECT 'LIMIT', false",
        "SELECT t.limit FROM t, false"
    })
    void onlyAnOutermostLimitBoundsTheRows(String text, boolean limited) {
        assertThat(new StatementScanner("x.sql", text, 1, problems).scan().limited())
                .isEqualTo(limited);
    }
}
