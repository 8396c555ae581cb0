package io.millrace.app.agent;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's job is handed, complete, as JSON. It holds no secret: keys are named, not given.
 *
 * @param settings Flink configuration
 * @param rowTypes the trigger table's columns with their SQL types
 * @param warehouse URI of the lake as the cluster sees it
 * @param sqlUrl JDBC address, MySQL protocol, that tools are run on
 * @param sqlPasswordVariable environment variable on the cluster with the password
 * @param gateway base address of the inference gateway's API
 * @param gatewayKeyVariable environment variable on the cluster with the gateway's key; unset for none
 * @param hotStore bootstrap servers of the hot store as the cluster sees them; null for an agent without hot tables
 * @param lookupKeys key columns of the hot tables that are looked up, by {@code DATABASE.TABLE}
 */
public record AgentJobSpec(
        Agent agent,
        Map<String, String> settings,
        Map<String, String> rowTypes,
        String warehouse,
        String sqlUrl,
        String sqlUser,
        String sqlPasswordVariable,
        String gateway,
        String gatewayKeyVariable,
        @Nullable String hotStore,
        Map<String, List<String>> lookupKeys) {
    public AgentJobSpec {
        settings = Map.copyOf(settings);
        rowTypes = Map.copyOf(rowTypes);
        lookupKeys = Map.copyOf(lookupKeys);
    }
}
