package io.millrace.agent.job;

import io.millrace.agent.trigger.TriggerEvent;
import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentJobSpec;
import io.millrace.app.agent.Tool;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/** The trigger table's changelog as insert-only events. */
final class TriggerTable {
    private final Agent agent;
    private final AgentJobSpec spec;

    TriggerTable(AgentJobSpec spec) {
        this.agent = spec.agent();
        this.spec = spec;
    }

    DataStream<TriggerEvent> events(StreamTableEnvironment tables) {
        List<String> columns = columns();
        String[] name = agent.trigger().table().split("\\.");
        // Paimon's audit log is the changelog as plain rows, each with its kind.
        String query = "SELECT rowkind, `_source_lsn`, `_source_ts`, CAST(`" + agent.key() + "` AS STRING) AS `_key`"
                + columns.stream()
                        .map(column -> ", CAST(`" + column + "` AS STRING) AS `" + column + "`")
                        .collect(Collectors.joining())
                + " FROM lake.`" + name[0] + "`.`" + name[1] + "$audit_log` WHERE rowkind <> '-U'";
        boolean retract = agent.trigger().retract();
        return tables.toDataStream(tables.sqlQuery(query))
                .filter(row -> retract || !isDeletion(row))
                .map(row -> event(row, columns))
                .returns(Types.POJO(TriggerEvent.class))
                .name("events");
    }

    /** What prompts, tools and memory use of the row. */
    private List<String> columns() {
        Set<String> columns = new LinkedHashSet<>(agent.input());
        columns.addAll(agent.trigger().update());
        if (agent.memory() != null) {
            columns.add(agent.memory().by());
        }
        agent.tools().stream()
                .flatMap(tool -> tool.arguments().stream())
                .filter(Tool.Argument::bound)
                .forEach(argument -> columns.add(argument.name()));
        agent.lookups().forEach(lookup -> columns.addAll(spec.lookupKeys().get(lookup.table())));
        return List.copyOf(columns);
    }

    private static boolean isDeletion(Row row) {
        return Objects.equals(row.getField(0), "-D");
    }

    private static TriggerEvent event(Row row, List<String> columns) {
        TriggerEvent event = new TriggerEvent();
        event.deleted = isDeletion(row);
        event.version = row.getField(1) instanceof Long version ? version : 0;
        event.sourceMillis = row.getField(2) instanceof Instant committed ? committed.toEpochMilli() : 0;
        event.key = String.valueOf(row.getField(3));
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            values.put(columns.get(i), (String) row.getField(4 + i));
        }
        event.row = values;
        return event;
    }
}
