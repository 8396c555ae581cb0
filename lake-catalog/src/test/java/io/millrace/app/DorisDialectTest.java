package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.doris.DorisStatement;
import io.millrace.app.endpoint.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every statement the shop has for Doris, parsed by sqlglot's Doris dialect, a Python package that pip fetches once into
 * build/python. It knows queries, tables and views; of other statements of Doris no more than the first word, and this
 * test says which.
 */
class DorisDialectTest {
    private static final String SQLGLOT = "sqlglot==30.30.0";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = AppFolder.shop().getParent().getParent();
    private static final Path PACKAGES = ROOT.resolve("build/python/" + SQLGLOT.replace("==", "-"));

    @TempDir
    static Path temporary;

    /** Before each, for a class that is skipped as a whole is not counted. */
    @BeforeEach
    void fetchSqlglot() throws Exception {
        if (!Files.isDirectory(PACKAGES)) {
            Path fetched = temporary.resolve("packages");
            String failure = run(
                    List.of(
                            "python3",
                            "-m",
                            "pip",
                            "--disable-pip-version-check",
                            "-q",
                            "install",
                            "--no-deps",
                            "--target",
                            fetched.toString(),
                            SQLGLOT),
                    "",
                    Map.of(),
                    temporary.resolve("pip.log"));
            assumeTrue(
                    Files.isDirectory(fetched.resolve("sqlglot")),
                    "pip cannot fetch " + SQLGLOT + ", so no statement was parsed: " + failure);
            Files.createDirectories(PACKAGES.getParent());
            Files.move(fetched, PACKAGES);
        }
    }

    @Test
    void everyStatementForDorisIsParsedOrKnownToBeBeyondTheDialect() throws Exception {
        List<DorisStatement> statements = App.load(AppFolder.shop()).doris().statements();
        Map<String, String> parsed = parse(statements.stream()
                .collect(
                        LinkedHashMap::new,
                        (map, statement) ->
                                map.put(name(statement), statement.statement().text()),
                        Map::putAll));
        assertThat(parsed)
                .containsExactly(
                        Map.entry("10_lake.sql: CREATE CATALOG IF NOT EXISTS lake PROPERTIES", "fallback CREATE"),
                        Map.entry("10_lake.sql: ALTER CATALOG lake SET PROPERTIES", "fallback ALTER"),
                        Map.entry("20_tables.sql: CREATE DATABASE IF NOT EXISTS internal.shop", "parsed Create"),
                        Map.entry(
                                "20_tables.sql: CREATE TABLE IF NOT EXISTS internal.shop.ticket_triage",
                                "partly Create"),
                        Map.entry(
                                "20_tables.sql: CREATE TABLE IF NOT EXISTS internal.shop.embeddings", "partly Create"),
                        Map.entry(
                                "30_views.sql: CREATE OR REPLACE VIEW internal.shop.open_tickets AS SELECT t",
                                "parsed Create"),
                        Map.entry(
                                "30_views.sql: CREATE OR REPLACE VIEW internal.shop.problems AS SELECT seen_at",
                                "parsed Create"),
                        Map.entry(
                                "40_revenue_by_category.sql: CREATE MATERIALIZED VIEW IF NOT EXISTS internal.shop.revenue_by_category BUILD",
                                "parsed Create"),
                        Map.entry("50_ai.sql: CREATE RESOURCE IF NOT EXISTS", "fallback CREATE"),
                        Map.entry("50_ai.sql: ALTER RESOURCE", "fallback ALTER"),
                        Map.entry("60_reader.sql: CREATE USER IF NOT EXISTS", "fallback CREATE"),
                        Map.entry("60_reader.sql: ALTER USER", "fallback ALTER"),
                        Map.entry("60_reader.sql: GRANT SELECT_PRIV ON lake.", "fallback GRANT"),
                        Map.entry("60_reader.sql: GRANT SELECT_PRIV ON internal.shop.", "fallback GRANT"),
                        Map.entry("60_reader.sql: GRANT USAGE_PRIV ON RESOURCE", "fallback GRANT"));
    }

    @Test
    void queryOfEveryEndpointIsParsedAsAQuery() throws Exception {
        Map<String, String> queries = new LinkedHashMap<>();
        for (Endpoint endpoint : App.load(AppFolder.shop()).endpoints()) {
            queries.put(endpoint.file(), endpoint.statement().sql());
        }
        assertThat(parse(queries))
                .isNotEmpty()
                .allSatisfy((file, how) -> assertThat(how).as(file).isEqualTo("parsed Select"));
    }

    @Test
    void mistakesAreSeen() throws Exception {
        assertThat(parse(Map.of("open", "CREATE TABLE t (id INT")))
                .hasEntrySatisfying("open", how -> assertThat(how).startsWith("refused Expecting )"));
        assertThat(parse(Map.of("two", "SELECT 1; SELECT 2"))).containsEntry("two", "refused 2 statements in one");
    }

    private static String name(DorisStatement statement) {
        String location = statement.toString();
        return location.substring(location.lastIndexOf('/') + 1).replaceFirst(":\\d+:", ":");
    }

    /** What sqlglot makes of each. */
    private static Map<String, String> parse(Map<String, String> statements) throws Exception {
        Path script =
                Path.of(DorisDialectTest.class.getResource("/parse-doris.py").toURI());
        Path answers = temporary.resolve("answers");
        String output = run(
                List.of("python3", script.toString()),
                JSON.writeValueAsString(statements.values()),
                Map.of("PYTHONPATH", PACKAGES.toString()),
                answers);
        Map<String, String> parsed = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(statements.keySet());
        List<String> lines = output.lines().toList();
        assertThat(lines).as(output).hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            JsonNode answer = JSON.readTree(lines.get(i));
            parsed.put(
                    names.get(i),
                    answer.path("how").asText() + " " + answer.path("what").asText());
        }
        return parsed;
    }

    private static String run(List<String> command, String input, Map<String, String> environment, Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return e.getMessage();
        }
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assumeTrue(process.waitFor(5, TimeUnit.MINUTES), command.get(0) + " does not come to an end");
        return Files.readString(output).strip();
    }
}
