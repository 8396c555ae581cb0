package io.millrace.agent.job;

import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentJobSpec;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.agent.ResultColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** Writes outcomes: results by key, in the hot store too if the agent says so, their history by key and version, dead letters. */
final class ResultSinks {
    private static final List<Field> LETTER = List.of(
            new Field("agent", "STRING"),
            new Field("key", "STRING"),
            new Field("input_version", "BIGINT"),
            new Field("reason", "STRING"),
            new Field("steps", "STRING"),
            new Field("seen_at", "TIMESTAMP_LTZ(3)"));

    private final Agent agent;
    private final List<Field> fields = new ArrayList<>();

    ResultSinks(AgentJobSpec spec) {
        this.agent = spec.agent();
        fields.add(new Field(agent.key(), spec.rowTypes().getOrDefault(agent.key(), "STRING")));
        for (OutputColumn column : agent.output().columns()) {
            fields.add(new Field(column.name(), column.type()));
        }
        ResultColumns.PROVENANCE.forEach((name, type) -> fields.add(new Field(name, type)));
    }

    void write(StreamTableEnvironment tables, DataStream<String> outcomes) {
        DataStream<Row> results = rows(outcomes, new OutcomeRows.Results(fields, true), fields, "results");
        DataStream<Row> history = rows(outcomes, new OutcomeRows.Results(fields, false), fields, "history");
        DataStream<Row> letters = rows(outcomes, new OutcomeRows.DeadLetters(agent.name()), LETTER, "dead letters");
        // Not as an upsert stream, of which Flink would keep every row to complete deletions: Paimon deletes by the key
        // alone.
        tables.createTemporaryView(
                "results", tables.fromChangelogStream(results, schema(fields, agent.key()), ChangelogMode.all()));
        tables.createTemporaryView("history", tables.fromDataStream(history, schema(fields, null)));
        tables.createTemporaryView("letters", tables.fromDataStream(letters, schema(LETTER, null)));
        StreamStatementSet set = tables.createStatementSet();
        set.addInsertSql(insert("lake." + agent.output().table(), "results"));
        set.addInsertSql(insert("lake." + agent.output().historyTable(), "history"));
        set.addInsertSql("INSERT INTO lake.ai.dead_letters SELECT * FROM letters");
        if (agent.output().hot() != null) {
            set.addInsertSql(insert("hot." + agent.output().hot().table(), "results"));
        }
        set.attachAsDataStream();
    }

    /** By name: the tables have new columns last. */
    private String insert(String table, String view) {
        String columns = fields.stream().map(field -> "`" + field.name() + "`").collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM " + view;
    }

    private static DataStream<Row> rows(
            DataStream<String> outcomes, FlatMapFunction<String, Row> rows, List<Field> fields, String name) {
        return outcomes.flatMap(rows).returns(type(fields)).name(name);
    }

    private static RowTypeInfo type(List<Field> fields) {
        return new RowTypeInfo(
                fields.stream().map(field -> flinkType(field.type())).toArray(TypeInformation[]::new),
                fields.stream().map(Field::name).toArray(String[]::new));
    }

    private static TypeInformation<?> flinkType(String type) {
        return switch (type) {
            case "INT" -> Types.INT;
            case "BIGINT" -> Types.LONG;
            case "DOUBLE" -> Types.DOUBLE;
            case "BOOLEAN" -> Types.BOOLEAN;
            case "TIMESTAMP_LTZ(3)" -> Types.INSTANT;
            default -> Types.STRING;
        };
    }

    private static Schema schema(List<Field> fields, @Nullable String key) {
        Schema.Builder schema = Schema.newBuilder();
        fields.forEach(field ->
                schema.column(field.name(), field.type() + (field.name().equals(key) ? " NOT NULL" : "")));
        if (key != null) {
            schema.primaryKey(key);
        }
        return schema.build();
    }
}
