package io.millrace.api.search;

import io.millrace.app.table.TableFile;
import io.millrace.lake.Lake;
import io.millrace.lake.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericArray;
import org.apache.paimon.data.GenericMap;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.options.ExpireConfig;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.types.RowKind;
import org.jspecify.annotations.Nullable;

/** A lake that holds the platform's table of chunks. */
final class ChunkLake implements AutoCloseable {
    private final Path folder;
    private final Lake lake;

    private ChunkLake(Path folder, Lake lake) {
        this.folder = folder;
        this.lake = lake;
    }

    static ChunkLake in(Path folder) throws IOException {
        Lake lake = Lake.open(Warehouse.local(folder.toUri().toString()));
        try (InputStream in = Lake.class.getResourceAsStream("/platform/tables/ai/chunks.sql")) {
            lake.ensure(TableFile.parse("chunks.sql", "ai", new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
        return new ChunkLake(folder, lake);
    }

    String address() {
        return folder.toUri().toString();
    }

    FileStoreTable table() {
        return lake.table("ai", "chunks");
    }

    void truncate() {
        lake.truncate("ai", "chunks");
    }

    /** Leaves only the newest snapshot. */
    void expire() {
        ExpireConfig config = ExpireConfig.builder()
                .snapshotRetainMin(1)
                .snapshotRetainMax(1)
                .changelogRetainMax(1)
                .build();
        table().newExpireSnapshots().config(config).expire();
    }

    long snapshot() {
        return table().latestSnapshot().orElseThrow().id();
    }

    void write(GenericRow... rows) throws Exception {
        BatchWriteBuilder builder = table().newBatchWriteBuilder();
        try (IOManager temporary = IOManager.create(folder.resolve("tmp").toString());
                BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(temporary);
            for (GenericRow row : rows) {
                write.write(row);
            }
            commit.commit(write.prepareCommit());
        }
    }

    /** A chunk whose vector the stand-in gateway gives its words. */
    static GenericRow chunk(
            String index, String key, int chunk, String title, String text, Map<String, String> filters) {
        return chunk(index, key, chunk, title, text, filters, StandInEmbeddings.vector(title + " " + text));
    }

    static GenericRow chunk(
            String index,
            String key,
            int chunk,
            String title,
            String text,
            Map<String, String> filters,
            float @Nullable [] vector) {
        Map<BinaryString, BinaryString> map = new HashMap<>();
        filters.forEach((name, value) -> map.put(BinaryString.fromString(name), BinaryString.fromString(value)));
        return GenericRow.of(
                BinaryString.fromString(index),
                BinaryString.fromString(key),
                chunk,
                BinaryString.fromString(title),
                BinaryString.fromString(text),
                new GenericMap(map),
                vector == null ? null : new GenericArray(vector),
                vector == null ? null : BinaryString.fromString(StandInEmbeddings.MODEL),
                null,
                vector == null ? BinaryString.fromString("the model broke") : null,
                Timestamp.fromEpochMillis(System.currentTimeMillis()));
    }

    static GenericRow deletion(GenericRow row) {
        row.setRowKind(RowKind.DELETE);
        return row;
    }

    @Override
    public void close() throws Exception {
        lake.close();
    }
}
