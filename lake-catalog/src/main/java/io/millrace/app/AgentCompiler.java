package io.millrace.app;

import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentJobSpec;
import io.millrace.app.agent.HotReference;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns an agent into what its job is handed.
 *
 * @param warehouse URI of the lake as the cluster sees it
 * @param sqlUrl JDBC address for tools as the cluster sees it
 * @param gateway the inference gateway's API as the cluster sees it
 * @param hotStore bootstrap servers of the hot store as the cluster sees them
 */
public record AgentCompiler(App app, String warehouse, String sqlUrl, String sqlUser, String gateway, String hotStore) {
    /** Environment variable on the cluster with the SQL server's password. */
    public static final String SQL_PASSWORD = "MILLRACE_SQL_PASSWORD";

    /** Environment variable on the cluster with the inference gateway's key, if it asks for one. */
    public static final String GATEWAY_KEY = "MILLRACE_GATEWAY_KEY";

    /** The spec as JSON, the same text for the same app. */
    public String compile(Agent agent) {
        int dot = agent.trigger().table().indexOf('.');
        TableDefinition trigger = app.table(
                        agent.trigger().table().substring(0, dot),
                        agent.trigger().table().substring(dot + 1))
                .orElseThrow();
        Map<String, String> rowTypes = new HashMap<>();
        for (Column column : trigger.columns()) {
            rowTypes.put(column.name(), column.type());
        }
        Map<String, String> settings = new LinkedHashMap<>(JobSettings.DEFAULTS);
        settings.putAll(JobSettings.AGENTS);
        settings.putAll(app.settings());
        settings.put("pipeline.name", agent.name());
        Map<String, List<String>> lookupKeys = new HashMap<>();
        for (HotReference lookup : agent.lookups()) {
            lookupKeys.put(
                    lookup.table(), app.hotTable(lookup.table()).orElseThrow().primaryKey());
        }
        boolean hot = !lookupKeys.isEmpty() || agent.output().hot() != null;
        return SpecJson.write(new AgentJobSpec(
                agent,
                settings,
                rowTypes,
                warehouse,
                sqlUrl,
                sqlUser,
                SQL_PASSWORD,
                gateway,
                GATEWAY_KEY,
                hot ? hotStore : null,
                lookupKeys));
    }
}
