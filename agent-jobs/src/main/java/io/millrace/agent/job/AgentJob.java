package io.millrace.agent.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.agent.runtime.RestorableAgents;
import io.millrace.agent.trigger.AttachedVersions;
import io.millrace.agent.trigger.Attachment;
import io.millrace.agent.trigger.Backlog;
import io.millrace.agent.trigger.Buckets;
import io.millrace.agent.trigger.Owners;
import io.millrace.agent.trigger.TriggerEvent;
import io.millrace.agent.trigger.Versions;
import io.millrace.agent.work.RowAgent;
import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentJobSpec;
import org.apache.flink.agents.plan.AgentConfiguration;
import org.apache.flink.agents.plan.AgentPlan;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/**
 * The one entry point of all agents. Its only argument is the {@link AgentJobSpec} as JSON.
 *
 * <p>Trigger table's changelog, and its attachments' → one event a version → backlog held back → agent → results, their history, dead letters.
 */
public final class AgentJob {
    private AgentJob() {}

    public static void main(String[] arguments) throws Exception {
        AgentJobSpec spec = new ObjectMapper().readValue(arguments[0], AgentJobSpec.class);
        Agent agent = spec.agent();
        Configuration configuration = Configuration.fromMap(spec.settings());
        StreamExecutionEnvironment streams = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        StreamTableEnvironment tables = StreamTableEnvironment.create(streams);
        // Paimon looks for settings of its tables in these only.
        tables.getConfig().addConfiguration(configuration);
        tables.executeSql("CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = '"
                + spec.warehouse().replace("'", "''") + "')");
        if (agent.output().hot() != null) {
            tables.executeSql(
                    "CREATE CATALOG hot WITH ('type' = 'fluss', 'bootstrap.servers' = '" + spec.hotStore() + "')");
        }
        DataStream<String> events = versions(spec, tables)
                .uid("versions")
                .name("versions")
                .keyBy(event -> 0)
                .process(new Backlog(
                        agent.trigger().backlog().newest(),
                        agent.trigger().backlog().perMinute()))
                .uid("backlog")
                .name("backlog")
                .setParallelism(1)
                .map(EventJson::write)
                .returns(Types.STRING)
                .setParallelism(1);
        String memory = agent.memory() == null ? "" : agent.memory().by();
        Buckets buckets = new Buckets(streams.getMaxParallelism());
        AgentPlan plan = new AgentPlan(new RowAgent(arguments[0]), new AgentConfiguration());
        DataStream<String> outcomes = RestorableAgents.run(
                        events.keyBy(event -> buckets.of(shared(event, memory))), plan)
                .uid("agent")
                .name("agent " + agent.name())
                .setParallelism(agent.parallelism())
                .map(new OutcomeTexts())
                .setParallelism(agent.parallelism());
        new ResultSinks(spec).write(tables, outcomes);
        streams.execute(UnalignedCheckpoints.enable(streams));
    }

    private static SingleOutputStreamOperator<TriggerEvent> versions(AgentJobSpec spec, StreamTableEnvironment tables)
            throws TableNotExistException {
        Agent agent = spec.agent();
        KeyedStream<TriggerEvent, String> rows =
                new TriggerTable(spec).events(tables).keyBy(event -> event.key);
        Agent.Also also = agent.trigger().also();
        if (also == null) {
            return rows.process(new Versions(agent.trigger().update()));
        }
        int most = agent.limits().inputCharacters();
        DataStream<Attachment> attachments = new AlsoTable(also, most)
                .changes(tables)
                .keyBy(change -> change.id)
                .process(new Owners())
                .uid("attachments")
                .name("owners");
        return rows.connect(attachments.keyBy(change -> change.key))
                .process(new AttachedVersions(agent.trigger().update(), most));
    }

    /** Rows with the same memory share a key. */
    private static String shared(String event, String memory) throws Exception {
        TriggerEvent trigger = EventJson.read(event);
        String value = trigger.row.get(memory);
        return value == null ? trigger.key : value;
    }
}
