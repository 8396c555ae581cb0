package io.millrace.api.hot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointStatement;
import io.millrace.app.endpoint.Parameter;
import io.millrace.app.endpoint.ParameterType;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotStoreException;
import io.millrace.hot.HotTable;
import io.millrace.hot.KeyException;
import io.millrace.service.Nearest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/lookup/{table}/{key}}: a row of the hot store, as it is now. */
public final class HotRows implements Handler, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HotRows.class);

    /** Times as in the answers of SQL endpoints, decimals as they are. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(LocalDateTime.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addSerializer(LocalTime.class, ToStringSerializer.instance))
            .build();

    private static final Endpoint ENDPOINT = new Endpoint(
            "lookup",
            "GET",
            "/v1/lookup/{table}/{key}",
            "A row of the hot store by its key, as it is now.",
            List.of(
                    new Parameter("table", ParameterType.STRING, true, null, "a hot table of the app", true),
                    new Parameter(
                            "key",
                            ParameterType.STRING,
                            true,
                            null,
                            "the row's key; the columns of a composite one separated by commas",
                            true)),
            new EndpointStatement("SELECT 1", List.of(), true),
            true,
            0,
            "reader",
            "lookup");

    private final String database;
    private final @Nullable HotLookup lookup;

    private HotRows(String database, @Nullable HotLookup lookup) {
        this.database = database;
        this.lookup = lookup;
    }

    /**
     * @param hotStore {@code HOST:PORT}, empty for none
     * @param database the app's
     */
    public static HotRows open(String hotStore, String database) {
        return new HotRows(database, hotStore.isBlank() ? null : new HotLookup(hotStore, database));
    }

    /** As the index and the OpenAPI document show it; empty without a hot store. */
    public Optional<Endpoint> endpoint() {
        return lookup == null ? Optional.empty() : Optional.of(ENDPOINT);
    }

    @Override
    public void handle(Context context) throws JsonProcessingException {
        String name = context.pathParam("table");
        String key = context.pathParam("key");
        HotLookup store = Objects.requireNonNull(lookup);
        try {
            HotTable table = store.table(name).orElseThrow(() -> noSuchTable(name, store));
            Map<String, @Nullable Object> row = table.row(key).orElseThrow(() -> noSuchRow(name, key));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("table", "hot." + database + "." + name);
            answer.put("row", row);
            context.contentType("application/json").result(JSON.writeValueAsString(answer));
        } catch (KeyException e) {
            throw new ProblemException(ProblemCode.INVALID_PARAMETER, e.getMessage());
        } catch (HotStoreException e) {
            log.warn("{}", e.getMessage());
            throw new ProblemException(
                    ProblemCode.HOT_STORE_UNAVAILABLE, e.getMessage() + ": try again, or ask a SQL endpoint");
        }
    }

    private ProblemException noSuchTable(String name, HotLookup store) {
        return new ProblemException(
                ProblemCode.NO_SUCH_TABLE,
                "hot." + database + " has no table '" + name + "'" + Nearest.hint(name, store.tables()));
    }

    private ProblemException noSuchRow(String table, String key) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "hot." + database + "." + table + " has no row with key " + key);
    }

    @Override
    public void close() {
        if (lookup != null) {
            try {
                lookup.close();
            } catch (Exception e) {
                log.warn("the connection to the hot store did not close: {}", e.toString());
            }
        }
    }
}
