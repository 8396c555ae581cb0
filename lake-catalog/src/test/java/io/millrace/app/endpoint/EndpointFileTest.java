package io.millrace.app.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.AppException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointFileTest {
    private static final String HEADER = "-- GET /v1/customers/{customer_id}\n-- param customer_id BIGINT\n";
    private static final String PLAIN = "-- GET /v1/customers\n";

    @Test
    void wholeFileBecomesAnEndpoint() {
        Endpoint endpoint = EndpointFile.parse("endpoints/customer_overview.sql", """
                -- GET /v1/customers/{customer_id}
                -- One customer with orders,
                -- and what the agent made of them.
                -- param customer_id BIGINT  the customer's number
                -- param since DATE = '2020-01-01'    only orders from this day on
                -- one row, cache 5 s, role reader
                SELECT c.name FROM lake.shop.customers c
                WHERE c.customer_id = :customer_id AND c.created_at >= :since AND :customer_id > 0;
                """);
        assertThat(endpoint)
                .isEqualTo(new Endpoint(
                        "customer_overview",
                        "GET",
                        "/v1/customers/{customer_id}",
                        "One customer with orders,\nand what the agent made of them.",
                        List.of(
                                new Parameter(
                                        "customer_id", ParameterType.BIGINT, true, null, "the customer's number", true),
                                new Parameter(
                                        "since",
                                        ParameterType.DATE,
                                        false,
                                        LocalDate.of(2020, 1, 1),
                                        "only orders from this day on",
                                        false)),
                        new EndpointStatement(
                                "SELECT c.name FROM lake.shop.customers c\n"
                                        + "WHERE c.customer_id = ? AND c.created_at >= ? AND ? > 0",
                                List.of("customer_id", "since", "customer_id"),
                                false),
                        true,
                        5,
                        "reader",
                        "endpoints/customer_overview.sql"));
        assertThat(endpoint.shape()).isEqualTo("GET /v1/customers/{}");
    }

    @Test
    void headerIsNearlyEmptyByDefault() {
        Endpoint endpoint = EndpointFile.parse("all.sql", "\n-- GET /v1/customers\nSELECT 1");
        assertThat(endpoint.description()).isEmpty();
        assertThat(endpoint.parameters()).isEmpty();
        assertThat(endpoint.oneRow()).isFalse();
        assertThat(endpoint.cacheSeconds()).isZero();
        assertThat(endpoint.role()).isEqualTo("reader");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cache 2 min", "cache 120 s", "cache 120s", "role reader, cache 2 min"})
    void cacheTimeHasAUnit(String options) {
        assertThat(EndpointFile.parse("all.sql", PLAIN + "-- " + options + "\nSELECT 1")
                        .cacheSeconds())
                .isEqualTo(120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"One row per customer.", "The role reader of a cache, in words.", "cached for speed"})
    void proseIsNoOption(String description) {
        assertThat(EndpointFile.parse("all.sql", PLAIN + "-- " + description + "\nSELECT 1")
                        .description())
                .isEqualTo(description);
    }

    static Stream<Arguments> defaults() {
        return Stream.of(
                Arguments.of("STRING = 'it''s open' a note", "it's open"),
                Arguments.of("STRING = ''", ""),
                Arguments.of("STRING = NULL", null),
                Arguments.of("INT = 50", 50),
                Arguments.of("BIGINT = -5000000000", -5000000000L),
                Arguments.of("DECIMAL = 0.10", new BigDecimal("0.10")),
                Arguments.of("DOUBLE = 1e-3", 0.001),
                Arguments.of("BOOLEAN = true", true),
                Arguments.of("DATE = '2026-01-31'", LocalDate.of(2026, 1, 31)),
                Arguments.of("DATE = 2026-01-31", LocalDate.of(2026, 1, 31)),
                Arguments.of("TIMESTAMP = '2026-01-31 18:30:00'", Instant.parse("2026-01-31T18:30:00Z")));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void defaultIsParsedAsItsType(String declaration, Object value) {
        Parameter parameter = EndpointFile.parse("all.sql", PLAIN + "-- param p " + declaration + "\nSELECT :p")
                .parameters()
                .get(0);
        assertThat(parameter.required()).isFalse();
        assertThat(parameter.defaultValue()).isEqualTo(value);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("SELECT 1", "x.sql:1: no method line: begin the file with a line such as"),
                Arguments.of(
                        "-- All customers.\nSELECT 1", "x.sql:1: no method line: the first line is 'All customers.'"),
                Arguments.of(
                        "-- POST /v1/x\nSELECT 1",
                        "x.sql:1: unknown method 'POST': an endpoint reads, write 'GET /v1/x'"),
                Arguments.of(
                        "-- GET /customers\nSELECT 1", "x.sql:1: path '/customers' has no version: begin it with /v1/"),
                Arguments.of("-- GET /v1/a b\nSELECT 1", "x.sql:1: no method line"),
                Arguments.of("-- GET /v1/a//b\nSELECT 1", "x.sql:1: path '/v1/a//b' has the segment ''"),
                Arguments.of("-- GET /v1/{a}x\nSELECT 1", "x.sql:1: path '/v1/{a}x' has the segment '{a}x'"),
                Arguments.of(
                        "-- GET /v1/{a}/{a}\n-- param a INT\nSELECT :a",
                        "x.sql:1: path '/v1/{a}/{a}' names 'a' twice: rename one"),
                Arguments.of(
                        "-- GET /v1/c/{id}\nSELECT 1",
                        "x.sql:1: path parameter 'id' has no type: add the line '-- param id BIGINT'"),
                Arguments.of(
                        HEADER + "SELECT 1",
                        "x.sql:2: parameter 'customer_id' is never used: use :customer_id in the query or remove this line"),
                Arguments.of(
                        HEADER + "SELECT\n:custmer_id, :customer_id",
                        "x.sql:4: parameter ':custmer_id' is not declared — did you mean ':customer_id'?"),
                Arguments.of(
                        PLAIN + "\nSELECT :since",
                        "x.sql:3: parameter ':since' is not declared: add the line '-- param since BIGINT' to the header"),
                Arguments.of(PLAIN + "-- param\nSELECT 1", "x.sql:2: parameter has no name"),
                Arguments.of(PLAIN + "-- param 1st INT\nSELECT 1", "x.sql:2: parameter '1st': a name has only letters"),
                Arguments.of(
                        PLAIN + "-- param p\nSELECT :p", "x.sql:2: parameter 'p' has no type: write 'param p BIGINT'"),
                Arguments.of(PLAIN + "-- param p = 5\nSELECT :p", "x.sql:2: parameter 'p' has no type"),
                Arguments.of(
                        PLAIN + "-- param p BIGNIT\nSELECT :p",
                        "x.sql:2: parameter 'p' has the unknown type 'BIGNIT' — did you mean 'BIGINT'?"),
                Arguments.of(
                        PLAIN + "-- param p DECIMAL(10,2)\nSELECT :p",
                        "x.sql:2: parameter 'p' has the unknown type 'DECIMAL(10,2)' — did you mean 'DECIMAL'?"),
                Arguments.of(PLAIN + "-- param p INT =\nSELECT :p", "x.sql:2: parameter 'p' has no default after '='"),
                Arguments.of(
                        PLAIN + "-- param p INT = many\nSELECT :p",
                        "x.sql:2: default many of parameter 'p' is no INT: expected a whole number from -2147483648"),
                Arguments.of(
                        PLAIN + "-- param p DATE = '2026-02-30'\nSELECT :p",
                        "x.sql:2: default '2026-02-30' of parameter 'p' is no DATE: expected a date such as 2026-01-31"),
                Arguments.of(
                        PLAIN + "-- param p STRING = open\nSELECT :p",
                        "x.sql:2: default open of parameter 'p' is text: write it in quotes"),
                Arguments.of(
                        "-- GET /v1/c/{id}\n-- param id INT = 5\nSELECT :id",
                        "x.sql:2: path parameter 'id' is always given: remove '= 5'"),
                Arguments.of(
                        PLAIN + "-- param p INT\n-- param p INT\nSELECT :p",
                        "x.sql:3: parameter 'p' is declared twice: remove this line or line 2"),
                Arguments.of(
                        PLAIN + "-- cach 5 s\nSELECT 1",
                        "x.sql:2: unknown option 'cach 5 s' — did you mean 'cache 5 s'?"),
                Arguments.of(
                        PLAIN + "-- one row, role raeder x\nSELECT 1",
                        "x.sql:2: unknown option 'role raeder x' — did you mean 'role reader'?"),
                Arguments.of(
                        HEADER + "-- then a note\nSELECT :customer_id",
                        "x.sql:3: unknown option 'then a note' (known: cache 5 s, one row, role reader)"),
                Arguments.of(PLAIN + "-- one row, one row\nSELECT 1", "x.sql:2: option 'one' is given twice"),
                Arguments.of(PLAIN + "-- role admin\nSELECT 1", "x.sql:2: unknown role 'admin': write 'role reader'"),
                Arguments.of(
                        PLAIN + "SELECT 1;\n-- more\nSELECT 2", "x.sql:4: two statements: an endpoint is one query"),
                Arguments.of(PLAIN, "x.sql:2: no query: write one SELECT below the header"),
                Arguments.of(PLAIN + ";", "x.sql:2: no query"),
                Arguments.of(
                        PLAIN + "DELETE FROM t", "x.sql:2: not a query: the statement must begin with SELECT or WITH"),
                Arguments.of(PLAIN + "WITH a AS (SELECT 1)\nDELETE FROM t", "x.sql:3: a DELETE is not a query"),
                Arguments.of(PLAIN + "SELECT 1 INTO OUTFILE 'x'", "x.sql:2: SELECT … INTO is not a query"),
                Arguments.of(PLAIN + "SELECT 1 FOR UPDATE", "x.sql:2: an UPDATE or a locking read is not a query"),
                Arguments.of(PLAIN + "SELECT\n ?", "x.sql:3: '?' stands for nothing here: name the parameter"),
                Arguments.of(PLAIN + "SELECT 'open", "x.sql:2: string is not closed: add '"),
                Arguments.of(PLAIN + "SELECT `open", "x.sql:2: identifier is not closed: add `"),
                Arguments.of(PLAIN + "SELECT 1 /* open", "x.sql:2: comment is not closed: add '*/'"),
                Arguments.of(PLAIN + "SELECT 1 --1", "x.sql:2: '--' without a space"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenFileNamesLineAndFix(String text, String message) {
        assertThatThrownBy(() -> EndpointFile.parse("x.sql", text))
                .isInstanceOf(AppException.class)
                .hasMessageContaining(message)
                .satisfies(
                        thrown -> assertThat(((AppException) thrown).problems()).hasSize(1));
    }

    @Test
    void everyProblemOfAFileIsListedInOrder() {
        assertThatThrownBy(() ->
                        EndpointFile.parse("Bad-Name.sql", "-- PUT /v1/x\n-- param p TEXTS\nSELECT :q;\nSELECT 2"))
                .isInstanceOfSatisfying(AppException.class, e -> assertThat(e.problems())
                        .extracting(problem ->
                                problem.line() + " " + problem.message().split(":")[0])
                        .containsExactly(
                                "0 file name 'Bad-Name' names the endpoint",
                                "1 unknown method 'PUT'",
                                "2 parameter 'p' has the unknown type 'TEXTS' (known",
                                "2 parameter 'p' is never used",
                                "3 parameter '",
                                "4 two statements"));
    }
}
