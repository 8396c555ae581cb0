package io.millrace.api.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import io.millrace.api.sql.Lookup;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointStatement;
import io.millrace.app.endpoint.Parameter;
import io.millrace.app.endpoint.ParameterType;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/explain/{table}/{key}}: a row that an agent or a model filled in, what it read, every step, and the ledger's
 * rows of the calls. A row the agent could not bring to a result shows the reason instead.
 */
public final class ExplainHandler implements Handler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LEDGER =
            "call_id, status, kind, alias, model, model_revision, caller, caller_key, prompt,"
                    + " attempt, tries, hits, prompt_tokens, completion_tokens, cost, latency_millis, started_at, finished_at, error";

    /** As the index and the OpenAPI document show it. */
    public static final Endpoint ENDPOINT = new Endpoint(
            "explain",
            "GET",
            "/v1/explain/{table}/{key}",
            "Why a row is as it is that an agent or a model filled in: what was read, every step, the calls and their cost.",
            List.of(
                    new Parameter("table", ParameterType.STRING, true, null, "a table of the app's database", true),
                    new Parameter("key", ParameterType.STRING, true, null, "the row's key", true)),
            new EndpointStatement("SELECT 1", List.of(), true),
            true,
            0,
            "reader",
            "explain");

    private final String database;
    private final Lookup lookup;

    /** @param database the app's database */
    public ExplainHandler(String database, Function<Call, Answer> query) {
        this.database = database;
        this.lookup = new Lookup("explain", query);
    }

    @Override
    public void handle(Context context) throws JsonProcessingException {
        String table = context.pathParam("table");
        String key = context.pathParam("key");
        Explained explained = explained(table);
        Object value = explained.numeric() ? number(table, key) : key;
        ArrayNode rows = lookup.rows(
                "SELECT * FROM lake." + database + "." + table + " WHERE `" + explained.key() + "` = ?", value);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("table", "lake." + database + "." + table);
        answer.put("key", key);
        if (rows.isEmpty()) {
            ArrayNode letters =
                    lookup.rows("SELECT * FROM lake.ai.dead_letters WHERE agent = ? AND `key` = ?", table, key);
            if (letters.isEmpty()) {
                throw new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "lake." + database + "." + table + " has no row with " + explained.key() + " " + key
                                + ": it may not have been worked on yet");
            }
            letters.forEach(letter -> unfold((ObjectNode) letter, "steps"));
            answer.set("dead_letters", letters);
        } else {
            describe(answer, (ObjectNode) rows.get(0), explained);
        }
        context.contentType("application/json").result(answer.toPrettyString());
    }

    private void describe(ObjectNode answer, ObjectNode row, Explained explained) {
        List<String> calls = List.of(row.path(explained.calls()).asText("").split(","));
        if (explained.calls().equals(Explained.AGENTS_CALLS)) {
            ObjectNode provenance = answer.putObject("provenance");
            row.properties().stream()
                    .filter(entry -> entry.getKey().startsWith("_"))
                    .forEach(entry -> provenance.set(entry.getKey().substring(1), entry.getValue()));
            unfold(provenance, "steps");
            List<String> inner = new ArrayList<>();
            row.fieldNames().forEachRemaining(name -> {
                if (name.startsWith("_")) {
                    inner.add(name);
                }
            });
            row.remove(inner);
        }
        answer.set("row", row);
        answer.set("calls", ledger(calls));
    }

    private ArrayNode ledger(List<String> calls) {
        List<String> ids = calls.stream().filter(id -> !id.isBlank()).toList();
        if (ids.isEmpty()) {
            return JSON.createArrayNode();
        }
        String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
        return lookup.rows(
                "SELECT " + LEDGER + " FROM lake.ai.inference_calls WHERE call_id IN (" + marks
                        + ") ORDER BY started_at",
                ids.toArray());
    }

    private Explained explained(String table) {
        ArrayNode columns = lookup.rows(
                "SELECT column_name AS name, column_key AS part, data_type AS type FROM information_schema.columns"
                        + " WHERE table_schema = ? AND table_name = ?",
                database,
                table);
        @Nullable Explained explained = Explained.of(columns);
        if (explained != null) {
            return explained;
        }
        List<String> known = new ArrayList<>();
        lookup.rows(
                        "SELECT DISTINCT table_name AS name FROM information_schema.columns WHERE table_schema = ?"
                                + " AND column_name IN ('" + Explained.AGENTS_CALLS + "', '" + Explained.PIPELINES_CALL
                                + "')",
                        database)
                .forEach(name -> known.add(name.path("name").asText()));
        throw new ProblemException(
                ProblemCode.NOT_FOUND,
                "table '" + table + "' of " + database + " holds nothing a model filled in"
                        + Nearest.hint(table, known));
    }

    private static long number(String table, String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER, "key '" + key + "' of table '" + table + "' is no BIGINT");
        }
    }

    /** JSON in a text column becomes JSON in the answer. */
    private static void unfold(ObjectNode object, String field) {
        JsonNode text = object.path(field);
        if (text.isTextual()) {
            try {
                object.set(field, JSON.readTree(text.asText()));
            } catch (JsonProcessingException e) {
                // it stays the text it is
            }
        }
    }
}
