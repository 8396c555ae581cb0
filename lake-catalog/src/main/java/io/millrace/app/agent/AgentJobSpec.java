package io.millrace.app.agent;

import java.util.Map;

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
        String gatewayKeyVariable) {
    public AgentJobSpec {
        settings = Map.copyOf(settings);
        rowTypes = Map.copyOf(rowTypes);
    }
}
