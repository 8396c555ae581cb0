package io.millrace.api;

import io.millrace.sql.LakeSql;
import io.millrace.sql.LakeSqlSettings;
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
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.types.DataTypes;

/** A real lake with the media tables, and lake-sql over it. */
final class MediaLake implements AutoCloseable {
    static final String PASSWORD = "s3cret";

    private final Path folder;
    private final Catalog catalog;
    private final LakeSql sql;

    MediaLake(Path folder) throws Exception {
        this.folder = folder;
        Options options = new Options();
        options.set("warehouse", uri());
        catalog = CatalogFactory.createCatalog(CatalogContext.create(options));
        catalog.createDatabase("media", true);
        create(
                "contents",
                Schema.newBuilder()
                        .column("media_id", DataTypes.STRING())
                        .column("size_bytes", DataTypes.BIGINT())
                        .column("content", DataTypes.BLOB())
                        .options(Map.of(
                                "bucket", "-1",
                                "row-tracking.enabled", "true",
                                "data-evolution.enabled", "true",
                                "blob-field", "content")));
        create(
                "documents",
                keyed("media_id").column("media_id", DataTypes.STRING()).column("mime_type", DataTypes.STRING()));
        create(
                "files",
                keyed("source", "path")
                        .column("source", DataTypes.STRING())
                        .column("path", DataTypes.STRING())
                        .column("media_id", DataTypes.STRING())
                        .column("name", DataTypes.STRING()));
        create(
                "thumbnails",
                keyed("media_id")
                        .column("media_id", DataTypes.STRING())
                        .column("mime_type", DataTypes.STRING())
                        .column("image", DataTypes.BYTES()));
        sql = LakeSql.start(new LakeSqlSettings(
                "127.0.0.1", 0, uri(), "lake", "root", PASSWORD, 128, 2, 60, 64, folder + "/sql", "", "", ""));
    }

    private static Schema.Builder keyed(String... key) {
        return Schema.newBuilder().primaryKey(key).option("bucket", "1");
    }

    private void create(String table, Schema.Builder schema) throws Exception {
        catalog.createTable(Identifier.create("media", table), schema.build(), false);
    }

    String uri() {
        return folder.resolve("lake").toUri().toString();
    }

    String sqlUrl() {
        return "jdbc:mysql://127.0.0.1:" + sql.port() + "/?allowPublicKeyRetrieval=true";
    }

    static String id(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /** A file as the jobs store it. */
    static final class Stored {
        private final byte[] content;
        private final String mimeType;
        private final String name;

        Stored(byte[] content, String mimeType, String name) {
            this.content = content;
            this.mimeType = mimeType;
            this.name = name;
        }
    }

    /** Stores files that were read. */
    void add(Stored... files) throws Exception {
        GenericRow[] contents = new GenericRow[files.length];
        GenericRow[] documents = new GenericRow[files.length];
        GenericRow[] names = new GenericRow[files.length];
        for (int i = 0; i < files.length; i++) {
            BinaryString id = text(id(files[i].content));
            contents[i] = GenericRow.of(id, (long) files[i].content.length, new BlobData(files[i].content));
            documents[i] = GenericRow.of(id, text(files[i].mimeType));
            names[i] = GenericRow.of(text("inbox"), text(files[i].name), id, text(files[i].name));
        }
        write("contents", contents);
        write("documents", documents);
        write("files", names);
    }

    String addUnread(byte[] content) throws Exception {
        String id = id(content);
        write("contents", GenericRow.of(text(id), (long) content.length, new BlobData(content)));
        return id;
    }

    void addThumbnail(String id, byte[] image) throws Exception {
        write("thumbnails", GenericRow.of(text(id), text("image/jpeg"), image));
    }

    private static BinaryString text(String value) {
        return BinaryString.fromString(value);
    }

    private void write(String table, GenericRow... rows) throws Exception {
        BatchWriteBuilder builder =
                catalog.getTable(Identifier.create("media", table)).newBatchWriteBuilder();
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

    @Override
    public void close() throws Exception {
        sql.close();
        catalog.close();
    }
}
