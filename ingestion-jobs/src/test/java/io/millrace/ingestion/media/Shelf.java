package io.millrace.ingestion.media;

import io.millrace.app.media.ReadJobSpec;
import io.millrace.lake.Lake;
import io.millrace.lake.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.BlobData;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.utils.CloseableIterator;

/** A lake with contents, and the job that has them read. */
final class Shelf {
    private final Path root;

    /** What stands in media.documents, media.thumbnails and the dead letters; "" for NULL. */
    record Read(String status, String reason, String kind, String text, String textFrom, String reader) {}

    record Letter(String source, String event, String reason) {}

    Shelf(Path root) throws IOException {
        this.root = root;
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        sql.executeSql("CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = '" + warehouse() + "')");
        for (String table : List.of("media/contents", "media/documents", "media/thumbnails", "ops/dead_letters")) {
            Path file = Path.of("../lake-catalog/src/main/resources/platform/tables/" + table + ".sql");
            String database = table.substring(0, table.indexOf('/'));
            sql.executeSql("CREATE DATABASE IF NOT EXISTS lake." + database);
            sql.executeSql(Files.readString(file)
                    .replaceFirst("CREATE TABLE ", "CREATE TABLE lake." + database + ".")
                    .replaceFirst(";\\s*$", ""));
        }
    }

    private String warehouse() {
        return root.toUri() + "lake";
    }

    private Lake lake() {
        return Lake.open(Warehouse.local(warehouse()));
    }

    /** Stores contents in one commit; returns the ids. */
    List<String> add(List<byte[]> contents) throws Exception {
        List<String> ids = new ArrayList<>();
        try (Lake lake = lake()) {
            BatchWriteBuilder builder = lake.table("media", "contents").newBatchWriteBuilder();
            try (BatchTableWrite write = builder.newWrite();
                    BatchTableCommit commit = builder.newCommit()) {
                for (byte[] content : contents) {
                    String id = Inbox.sha256(content);
                    ids.add(id);
                    write.write(
                            GenericRow.of(BinaryString.fromString(id), (long) content.length, new BlobData(content)));
                }
                commit.commit(write.prepareCommit());
            }
        }
        return ids;
    }

    JobGraph job(String reader, String gateway, String transcriptionModel) throws Exception {
        Map<String, String> settings = Map.of(
                "parallelism.default", "2",
                "execution.checkpointing.interval", "200 ms",
                "execution.checkpointing.dir",
                        root.resolve("checkpoints").toUri().toString(),
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.attempts", "5",
                "restart-strategy.fixed-delay.delay", "10 ms",
                "pipeline.max-parallelism", "128");
        StreamExecutionEnvironment streams =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(settings));
        ReadJob.build(
                new ReadJobSpec(
                        settings, warehouse(), "500 ms", reader, gateway, "INFERENCE_TEST_KEY", transcriptionModel),
                streams);
        return streams.getStreamGraph().getJobGraph();
    }

    Map<String, Read> documents() throws Exception {
        Map<String, Read> documents = new HashMap<>();
        read(
                "media",
                "documents",
                row -> documents.put(
                        text(row, 0),
                        new Read(
                                text(row, 1),
                                text(row, 2),
                                text(row, 4),
                                text(row, 12),
                                text(row, 13),
                                text(row, 15))));
        return documents;
    }

    /** Bytes of each content's thumbnail. */
    Map<String, byte[]> thumbnails() throws Exception {
        Map<String, byte[]> thumbnails = new HashMap<>();
        read("media", "thumbnails", row -> thumbnails.put(text(row, 0), row.getBinary(4)));
        return thumbnails;
    }

    List<Letter> deadLetters() throws Exception {
        List<Letter> letters = new ArrayList<>();
        read("ops", "dead_letters", row -> letters.add(new Letter(text(row, 0), text(row, 4), text(row, 5))));
        return letters;
    }

    private static String text(InternalRow row, int column) {
        return row.isNullAt(column) ? "" : row.getString(column).toString();
    }

    private interface RowReader {
        void read(InternalRow row) throws Exception;
    }

    private void read(String database, String name, RowReader reader) throws Exception {
        try (Lake lake = lake()) {
            FileStoreTable table = lake.table(database, name);
            ReadBuilder read = table.newReadBuilder();
            try (CloseableIterator<InternalRow> rows =
                    read.newRead().createReader(read.newScan().plan()).toCloseableIterator()) {
                while (rows.hasNext()) {
                    reader.read(rows.next());
                }
            }
        }
    }
}
