package io.millrace.lake;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.BlobData;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.types.DataTypes;

/** A real {@code media.contents}, as the ingest job writes it. */
final class ContentTable implements AutoCloseable {
    private static final Identifier TABLE = Identifier.create("media", "contents");

    private final Catalog catalog;
    private final Path folder;

    ContentTable(Path folder) throws Exception {
        this.folder = folder;
        Options options = new Options();
        options.set("warehouse", folder.toUri().toString());
        catalog = CatalogFactory.createCatalog(CatalogContext.create(options));
        catalog.createDatabase("media", true);
        catalog.createTable(
                TABLE,
                Schema.newBuilder()
                        .column("media_id", DataTypes.STRING())
                        .column("size_bytes", DataTypes.BIGINT())
                        .column("content", DataTypes.BLOB())
                        .options(Map.of(
                                "bucket", "-1",
                                "file.format", "parquet",
                                "row-tracking.enabled", "true",
                                "data-evolution.enabled", "true",
                                "blob-field", "content"))
                        .build(),
                true);
    }

    static String id(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    FileStoreTable table() throws Exception {
        return (FileStoreTable) catalog.getTable(TABLE);
    }

    /** One commit. */
    void add(byte[]... contents) throws Exception {
        BatchWriteBuilder builder = table().newBatchWriteBuilder();
        try (IOManager temporary = IOManager.create(folder.resolve("tmp").toString());
                BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(temporary);
            for (byte[] content : contents) {
                write.write(GenericRow.of(
                        BinaryString.fromString(id(content)), (long) content.length, new BlobData(content)));
            }
            commit.commit(write.prepareCommit());
        }
    }

    /** Everything written anew into other files, the old ones and their snapshots gone. */
    void move(byte[]... contents) throws Exception {
        table().newBatchWriteBuilder().newCommit().truncateTable();
        add(contents);
        table().newExpireSnapshots()
                .config(org.apache.paimon.options.ExpireConfig.builder()
                        .snapshotRetainMax(1)
                        .snapshotRetainMin(1)
                        .snapshotTimeRetain(java.time.Duration.ZERO)
                        .build())
                .expire();
    }

    @Override
    public void close() throws Exception {
        catalog.close();
    }
}
