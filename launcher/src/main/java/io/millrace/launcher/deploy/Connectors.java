package io.millrace.launcher.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.Markers;
import io.millrace.app.Source;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the app's connectors registered with Kafka Connect and their tasks running. */
public final class Connectors {
    private static final Logger log = LoggerFactory.getLogger(Connectors.class);

    private static final String HEARTBEAT_MILLIS = "5000";

    private final RestClient connect;

    public Connectors(String base) {
        this.connect = new RestClient(base);
    }

    /**
     * As {@link #reconcile}, where Kafka Connect may not answer yet: it waits for transactions that a killed predecessor
     * had begun.
     *
     * @return whether it answered
     */
    public boolean register(List<Source.Cdc> sources) throws IOException, InterruptedException {
        try {
            reconcile(sources);
            return true;
        } catch (HttpTimeoutException e) {
            log.info("Kafka Connect does not answer yet: {}", e.getMessage());
        } catch (RestClient.RestException e) {
            if (e.status() != 409 && e.status() < 500) {
                throw e;
            }
            log.info("Kafka Connect is not ready yet: {}", e.getMessage());
        }
        return false;
    }

    /**
     * Registers connectors that are missing or changed and restarts failed tasks.
     *
     * @return one line for each connector or task that does not run
     */
    public List<String> reconcile(List<Source.Cdc> sources) throws IOException, InterruptedException {
        List<String> complaints = new ArrayList<>();
        for (Source.Cdc source : sources) {
            Map<String, String> wanted = configuration(source);
            if (!registered(source.name()).equals(wanted)) {
                connect.put("/connectors/" + source.name() + "/config", wanted);
                log.info("connector {} registered", source.name());
            }
            complaints.addAll(restartFailed(source.name()));
        }
        return complaints;
    }

    /**
     * The author's configuration plus the marker table that verify and status look for. Where the platform made that
     * table, Debezium writes a marker with each heartbeat: that tells how long changes take, and that a quiet database's
     * log may be forgotten.
     */
    static Map<String, String> configuration(Source.Cdc source) {
        Map<String, String> configuration = new LinkedHashMap<>(source.connector());
        configuration.put("name", source.name());
        configuration.merge("table.include.list", Markers.SOURCE_TABLE, (list, marker) -> list + "," + marker);
        if (source.hosted()) {
            configuration.putIfAbsent("heartbeat.interval.ms", HEARTBEAT_MILLIS);
            configuration.putIfAbsent("heartbeat.action.query", Markers.WRITE);
        }
        return configuration;
    }

    private Map<String, String> registered(String name) throws IOException, InterruptedException {
        Map<String, String> configuration = new LinkedHashMap<>();
        try {
            connect.get("/connectors/" + name + "/config")
                    .properties()
                    .forEach(entry ->
                            configuration.put(entry.getKey(), entry.getValue().asText()));
        } catch (RestClient.RestException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
        return configuration;
    }

    private List<String> restartFailed(String name) throws IOException, InterruptedException {
        List<String> complaints = new ArrayList<>();
        JsonNode status;
        try {
            status = connect.get("/connectors/" + name + "/status");
        } catch (RestClient.RestException e) {
            return List.of("connector " + name + " has no status yet");
        }
        boolean failed = isFailed(status.path("connector"));
        for (Iterator<JsonNode> tasks = status.path("tasks").elements(); tasks.hasNext(); ) {
            JsonNode task = tasks.next();
            if (isFailed(task)) {
                failed = true;
                complaints.add("connector " + name + " task " + task.path("id").asInt() + ": "
                        + FlinkRest.rootCause(task.path("trace").asText()));
            }
        }
        if (failed) {
            log.warn("connector {} failed, restarting it: {}", name, complaints);
            connect.post("/connectors/" + name + "/restart?includeTasks=true&onlyFailed=true", Map.of());
        }
        return complaints;
    }

    private static boolean isFailed(JsonNode part) {
        return Objects.equals(part.path("state").asText(), "FAILED");
    }
}
