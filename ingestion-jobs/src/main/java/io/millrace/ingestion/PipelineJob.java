package io.millrace.ingestion;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The one entry point of all SQL pipelines. Its arguments are instructions, in order: {@code set KEY VALUE} (Flink
 * configuration), {@code run SQL} (executed at once), {@code insert SQL} (all of them together are the job).
 */
public final class PipelineJob {
    private PipelineJob() {}

    public static void main(String[] arguments) {
        Configuration configuration = new Configuration();
        List<String> preparations = new ArrayList<>();
        List<String> inserts = new ArrayList<>();
        for (int i = 0; i < arguments.length; ) {
            switch (arguments[i]) {
                case "set" -> {
                    configuration.setString(arguments[i + 1], arguments[i + 2]);
                    i += 3;
                }
                case "run" -> {
                    preparations.add(arguments[i + 1]);
                    i += 2;
                }
                case "insert" -> {
                    inserts.add(arguments[i + 1]);
                    i += 2;
                }
                default ->
                    throw new IllegalArgumentException(
                            "instruction '" + arguments[i] + "' is none of set, run, insert");
            }
        }
        StreamExecutionEnvironment streams = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        StreamTableEnvironment tables = StreamTableEnvironment.create(streams);
        // Paimon looks for settings of its tables in these only.
        tables.getConfig().addConfiguration(configuration);
        preparations.forEach(tables::executeSql);
        StreamStatementSet set = tables.createStatementSet();
        inserts.forEach(set::addInsertSql);
        set.execute();
    }
}
