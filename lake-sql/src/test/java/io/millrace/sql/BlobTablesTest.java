package io.millrace.sql;

import static io.millrace.sql.TestLake.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.paimon.data.BlobData;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables with BLOB columns, and those whose rows lie in several files. */
class BlobTablesTest {
    private static final Map<String, String> EVOLVING =
            Map.of("bucket", "-1", "row-tracking.enabled", "true", "data-evolution.enabled", "true");
    private static final byte[] LARGE = new byte[5 << 20];

    static {
        new Random(7).nextBytes(LARGE);
    }

    @TempDir
    Path directory;

    private TestLake lake;
    private RunningLakeSql sql;

    @BeforeEach
    void start() throws Exception {
        lake = new TestLake(directory.resolve("warehouse"));
        sql = new RunningLakeSql(lake);
        lake.create(
                "contents",
                Schema.newBuilder()
                        .column("media_id", DataTypes.STRING())
                        .column("size_bytes", DataTypes.BIGINT())
                        .column("content", DataTypes.BLOB())
                        .options(EVOLVING)
                        .option("blob-field", "content"));
    }

    @AfterEach
    void stop() throws Exception {
        sql.close();
        lake.close();
    }

    private static String id(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static GenericRow row(byte[] content) throws Exception {
        return GenericRow.of(text(id(content)), (long) content.length, new BlobData(content));
    }

    private static byte[] behind(String descriptor) throws Exception {
        JsonNode json = new ObjectMapper().readTree(descriptor);
        assertThat(json.size()).isEqualTo(3);
        try (RandomAccessFile file =
                new RandomAccessFile(json.get("uri").asText().replaceFirst("^file:/*", "/"), "r")) {
            byte[] bytes = new byte[json.get("length").intValue()];
            file.seek(json.get("offset").longValue());
            file.readFully(bytes);
            return bytes;
        }
    }

    @Test
    void aBlobReadsAsWhereItsBytesLie() throws Exception {
        byte[] note = {1, 2, 3};
        lake.write("contents", row(note), row(LARGE), row(new byte[0]));
        lake.write("contents", GenericRow.of(text("none"), null, null));
        List<String> rows = sql.query("SELECT media_id, content FROM contents WHERE size_bytes >= 0");
        assertThat(rows).hasSize(3);
        for (String row : rows) {
            String[] values = row.split("\\|");
            assertThat(values[1]).hasSizeLessThan(400);
            assertThat(id(behind(values[1]))).isEqualTo(values[0]);
        }
        assertThat(sql.query("SELECT * FROM contents WHERE media_id = 'none'")).containsExactly("none|null|null");
    }

    @Test
    void tablesWithBlobsAreFilteredCountedAndJoined() throws Exception {
        lake.write("contents", row(new byte[] {1}), row(new byte[] {2, 2}));
        lake.write("contents", row(LARGE));
        lake.create(
                "files", Schema.newBuilder().column("name", DataTypes.STRING()).column("media_id", DataTypes.STRING()));
        lake.write("files", GenericRow.of(text("large.bin"), text(id(LARGE))));
        assertThat(sql.query("SELECT count(*), sum(size_bytes) FROM contents"))
                .containsExactly("3|" + (LARGE.length + 3));
        assertThat(sql.query("SELECT count(content) FROM contents WHERE get_json_int(content, '$.length') > 1"))
                .containsExactly("2");
        assertThat(sql.query("SELECT f.name, c.size_bytes FROM files f JOIN contents c USING (media_id)"))
                .containsExactly("large.bin|" + LARGE.length);
        assertThat(sql.query("SELECT length(content) < 400 FROM contents ORDER BY size_bytes DESC LIMIT 1"))
                .containsExactly("1");
    }

    @Test
    void aBlobColumnIsAText() throws Exception {
        assertThat(sql.query("SELECT * FROM contents")).isEmpty();
        assertThat(sql.query("DESC contents")).contains("content|text|YES||null|");
        assertThat(sql.query("SHOW CREATE TABLE contents").get(0)).contains("`content` text NULL");
        assertThat(sql.query("SELECT data_type, column_comment FROM information_schema.columns"
                        + " WHERE table_name = 'contents' AND column_name = 'content'"))
                .containsExactly("text|where the bytes lie, as JSON: uri, offset, length");
    }

    @Test
    void aHundredMegabytesOfBlobsTakeNoMemory() throws Exception {
        for (int commit = 0; commit < 4; commit++) {
            byte[] bytes = LARGE.clone();
            bytes[0] = (byte) commit;
            lake.write(
                    "contents",
                    IntStream.range(0, 5)
                            .mapToObj(i -> GenericRow.of(text("m" + i), 1L, new BlobData(bytes)))
                            .toList());
        }
        try (RunningLakeSql small = new RunningLakeSql(lake, 64, 60, 4)) {
            assertThat(small.query("SELECT count(DISTINCT content), max(length(content)) < 400 FROM contents"))
                    .containsExactly("20|1");
            assertThat(small.server().statistics().cachedBytes()).isBetween(1L, 100_000L);
        }
    }

    @Test
    void columnsWrittenLaterAreReadWithTheRowsTheyBelongTo() throws Exception {
        lake.create(
                "notes",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("title", DataTypes.STRING())
                        .column("text", DataTypes.STRING())
                        .options(EVOLVING));
        lake.write("notes", GenericRow.of(1, text("one"), null), GenericRow.of(2, text("two"), null));
        lake.writeColumns("notes", List.of("text"), 0, GenericRow.of(text("first")), GenericRow.of(text("second")));
        lake.write("notes", GenericRow.of(3, text("three"), text("third")));
        assertThat(sql.query("SELECT * FROM notes ORDER BY id"))
                .containsExactly("1|one|first", "2|two|second", "3|three|third");
        lake.writeColumns("notes", List.of("title"), 0, GenericRow.of(text("ONE")), GenericRow.of(text("TWO")));
        lake.alter("notes", SchemaChange.addColumn("more", DataTypes.INT()));
        assertThat(sql.query("SELECT title, text, more FROM notes WHERE id < 3 ORDER BY id"))
                .containsExactly("ONE|first|null", "TWO|second|null");
        assertThat(sql.query("SELECT count(*) FROM notes")).containsExactly("3");
    }

    @Test
    void aTableThatTracksRowsIsReadAsAnyOther() throws Exception {
        lake.create(
                "tracked",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .option("bucket", "-1")
                        .option("row-tracking.enabled", "true"));
        lake.write("tracked", GenericRow.of(1), GenericRow.of(2));
        lake.write("tracked", GenericRow.of(3));
        assertThat(sql.query("SELECT id FROM tracked ORDER BY id")).containsExactly("1", "2", "3");
    }
}
