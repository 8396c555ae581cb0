package io.millrace.ingestion.media;

import io.millrace.app.media.IngestJobSpec;
import io.millrace.app.media.WatchedFolder;
import io.millrace.lake.Lake;
import io.millrace.lake.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.paimon.data.Blob;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.utils.CloseableIterator;

/** A watched folder, the lake beside it, and the job between them. */
final class Inbox {
    static final long MAX_BYTES = 8 << 20;

    private final Path root;
    private final long maxBytes;
    private String scheme = "file";
    private long listMillis = 100;

    /** What stands in media.contents, in media.files, and in the dead letters. */
    record StoredContent(String mediaId, long sizeBytes, String hash, String uri) {}

    record StoredFile(String mediaId, String name, long sizeBytes) {}

    record Letter(String source, String event, String reason) {}

    Inbox(Path root) throws IOException {
        this(root, MAX_BYTES);
    }

    Inbox(Path root, long maxBytes) throws IOException {
        this.root = root;
        this.maxBytes = maxBytes;
        Files.createDirectories(folder());
    }

    /** The job reads the folder through a store of that scheme. */
    Inbox through(String store) {
        scheme = store;
        return this;
    }

    Inbox listedEvery(long millis) {
        listMillis = millis;
        return this;
    }

    Path folder() {
        return root.resolve("inbox");
    }

    Path staging() {
        return root.resolve("lake/staging");
    }

    /** Makes the tables that the job needs. */
    Inbox withTables() throws IOException {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        sql.executeSql("CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = '" + warehouse() + "')");
        for (String table : List.of("media/contents", "media/files", "ops/dead_letters")) {
            Path file = Path.of("../lake-catalog/src/main/resources/platform/tables/" + table + ".sql");
            String database = table.substring(0, table.indexOf('/'));
            sql.executeSql("CREATE DATABASE IF NOT EXISTS lake." + database);
            sql.executeSql(Files.readString(file)
                    .replaceFirst("CREATE TABLE ", "CREATE TABLE lake." + database + ".")
                    .replaceFirst(";\\s*$", ""));
        }
        return this;
    }

    private String warehouse() {
        return root.toUri() + "lake";
    }

    private Lake lake() {
        return Lake.open(Warehouse.local(warehouse()));
    }

    Path write(String path, byte[] content) throws IOException {
        Path file = folder().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    IngestJobSpec spec(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "parallelism.default", "2",
                "execution.checkpointing.interval", "200 ms",
                "execution.checkpointing.num-retained", "2",
                "execution.checkpointing.dir",
                        root.resolve("checkpoints").toUri().toString(),
                "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION",
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.attempts", "5",
                "restart-strategy.fixed-delay.delay", "10 ms",
                "pipeline.object-reuse", "true",
                "pipeline.max-parallelism", "128"));
        all.putAll(settings);
        return new IngestJobSpec(
                all,
                warehouse(),
                warehouse() + "/staging/media/",
                List.of(new WatchedFolder(
                        "inbox", scheme + "://" + folder().toUri().getPath())),
                maxBytes,
                listMillis);
    }

    JobGraph job(Map<String, String> settings) throws Exception {
        IngestJobSpec spec = spec(settings);
        StreamExecutionEnvironment streams =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(spec.settings()));
        IngestJob.build(spec, streams);
        return streams.getStreamGraph().getJobGraph();
    }

    /** The newest complete checkpoint of any job, if there is one. */
    Optional<String> checkpoint() throws IOException {
        Path checkpoints = root.resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(checkpoints, 3)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .map(file -> file.getParent().toUri().toString());
        }
    }

    /** How many rows media.files has, by its metadata. */
    long fileRows() throws Exception {
        try (Lake lake = lake()) {
            return lake.rows("media", "files").orElse(0);
        }
    }

    /** All contents, each read back through its descriptor: uri, offset and length. */
    List<StoredContent> contents() throws Exception {
        List<StoredContent> contents = new ArrayList<>();
        read("media", "contents", Map.of("blob-as-descriptor", "true"), row -> {
            Blob blob = row.getBlob(2);
            contents.add(new StoredContent(
                    row.getString(0).toString(),
                    row.getLong(1),
                    hash(blob),
                    blob.toDescriptor().uri()));
        });
        return contents;
    }

    private static String hash(Blob blob) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[64 << 10];
        try (SeekableInputStream in = blob.newInputStream()) {
            for (int read = in.read(buffer, 0, buffer.length); read >= 0; read = in.read(buffer, 0, buffer.length)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    Map<String, StoredFile> files() throws Exception {
        Map<String, StoredFile> files = new HashMap<>();
        read(
                "media",
                "files",
                Map.of(),
                row -> files.put(
                        row.getString(1).toString(),
                        new StoredFile(
                                row.getString(2).toString(), row.getString(3).toString(), row.getLong(4))));
        return files;
    }

    List<Letter> deadLetters() throws Exception {
        List<Letter> letters = new ArrayList<>();
        read(
                "ops",
                "dead_letters",
                Map.of(),
                row -> letters.add(new Letter(
                        row.getString(0).toString(),
                        row.getString(4).toString(),
                        row.getString(5).toString())));
        return letters;
    }

    private interface RowReader {
        void read(InternalRow row) throws Exception;
    }

    private void read(String database, String name, Map<String, String> options, RowReader reader) throws Exception {
        try (Lake lake = lake()) {
            FileStoreTable table = lake.table(database, name).copy(options);
            ReadBuilder read = table.newReadBuilder();
            try (RecordReader<InternalRow> records =
                            read.newRead().createReader(read.newScan().plan());
                    CloseableIterator<InternalRow> rows = records.toCloseableIterator()) {
                while (rows.hasNext()) {
                    reader.read(rows.next());
                }
            }
        }
    }

    static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
