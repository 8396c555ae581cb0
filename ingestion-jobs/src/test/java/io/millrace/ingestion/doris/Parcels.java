package io.millrace.ingestion.doris;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A job that writes generated parcels into a table of Doris, and may die on its way. */
final class Parcels {
    private static final int ROWS_PER_SECOND = 2_000;

    private final String lake;
    private final long count;
    private final StreamExecutionEnvironment streams;
    private final StreamTableEnvironment tables;
    private int deaths;

    /** @param count of changes or rows, numbered from 0 */
    Parcels(Path folder, long count) throws Exception {
        this.count = count;
        String warehouse = folder.resolve("lake").toUri().toString();
        lake = "CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = '" + warehouse + "')";
        Configuration configuration = new Configuration();
        configuration.setString("execution.checkpointing.interval", "200 ms");
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "5");
        configuration.setString("restart-strategy.fixed-delay.delay", "10 ms");
        configuration.setString("table.exec.sink.upsert-materialize", "NONE");
        streams = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        streams.setParallelism(2);
        tables = StreamTableEnvironment.create(streams);
        tables.executeSql(lake);
        tables.executeSql("CREATE DATABASE lake.ops");
        Path file = Path.of("../lake-catalog/src/main/resources/platform/tables/ops/dead_letters.sql");
        tables.executeSql(Files.readString(file)
                .replaceFirst("CREATE TABLE ", "CREATE TABLE lake.ops.")
                .replaceFirst(";\\s*$", ""));
    }

    /** The job fails so often, each time further on. */
    Parcels dying(int times) {
        deaths = times;
        return this;
    }

    /**
     * @param columns of the table in Doris, and its key
     * @param options of the connector besides what all tests share
     */
    Parcels into(String columns, String options) {
        String warehouse = lake.replaceFirst(".*'warehouse' = ('.*')\\)$", "$1");
        tables.executeSql("CREATE TEMPORARY TABLE parcels (" + columns + ") WITH ('connector' = 'millrace-doris',"
                + " 'password-variable' = 'DORIS_TEST_PASSWORD', 'dead-letters.warehouse' = " + warehouse + ", "
                + options + ")");
        return this;
    }

    /**
     * Runs to the end.
     *
     * @param change the n-th change of a row with id, version and text
     */
    void change(MapFunction<Long, Row> change) throws Exception {
        TypeInformation<Row> type =
                Types.ROW_NAMED(new String[] {"id", "version", "text"}, Types.LONG, Types.LONG, Types.STRING);
        DataStream<Row> changes = numbers(1).map(change).returns(type).setParallelism(1);
        Schema schema = Schema.newBuilder()
                .column("id", DataTypes.BIGINT().notNull())
                .column("version", DataTypes.BIGINT())
                .column("text", DataTypes.STRING())
                .primaryKey("id")
                .build();
        tables.createTemporaryView("changes", tables.fromChangelogStream(changes, schema, ChangelogMode.all()));
        tables.executeSql("INSERT INTO parcels SELECT id, version, text FROM changes")
                .await();
    }

    /** Runs to the end: each row once, by two subtasks. */
    void append() throws Exception {
        tables.createTemporaryView("numbers", numbers(2));
        tables.executeSql("INSERT INTO parcels SELECT f0, 'parcel ' || CAST(f0 AS STRING) FROM numbers")
                .await();
    }

    private DataStream<Long> numbers(int parallelism) {
        GeneratorFunction<Long, Long> number = n -> n;
        return streams.fromSource(
                        new DataGeneratorSource<>(
                                number, count, RateLimiterStrategy.perSecond(ROWS_PER_SECOND), Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .setParallelism(parallelism)
                .map(new Dying(count, deaths))
                .setParallelism(parallelism);
    }

    /** Source, event and reason of each dead letter. */
    List<Row> deadLetters() throws Exception {
        TableEnvironment batch = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        batch.executeSql(lake);
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> found = batch.executeSql("SELECT source, event, reason FROM lake.ops.dead_letters")
                .collect()) {
            found.forEachRemaining(rows::add);
        }
        return rows;
    }

    /** Fails in each of the first attempts at a number of its own. */
    private static final class Dying extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        private final long count;
        private final int deaths;
        private int attempt;

        Dying(long count, int deaths) {
            this.count = count;
            this.deaths = deaths;
        }

        @Override
        public void open(OpenContext context) {
            attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        }

        @Override
        public Long map(Long number) {
            if (attempt < deaths && number == count * (attempt + 1) / (deaths + 1)) {
                throw new IllegalStateException("planned death " + attempt);
            }
            return number;
        }
    }
}
