package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.table.TableFile;
import io.millrace.changes.Change;
import io.millrace.changes.ChangeReader;
import io.millrace.changes.Position;
import io.millrace.changes.PositionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.BlobData;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeChangeLogTest {
    private static final Duration POLL = Duration.ofMillis(300);
    private static final String COLUMNS = "id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED";

    /** A flush for each few hundred rows. */
    private static final String SMALL_BUFFER =
            "'write-buffer-size' = '64 kb', 'page-size' = '4 kb', 'write-buffer-spillable' = 'false'";

    @TempDir
    Path folder;

    private Lake lake;
    private LakeChanges changes;

    @BeforeEach
    void open() {
        Warehouse warehouse = Warehouse.local(folder.toUri().toString());
        lake = Lake.open(warehouse);
        changes = LakeChanges.open(warehouse, "depot");
    }

    @AfterEach
    void close() throws Exception {
        changes.close();
        lake.close();
    }

    private LakeChangeLog create(String columns, String options) {
        lake.ensure(
                TableFile.parse("things.sql", "depot", "CREATE TABLE things (" + columns + ") WITH (" + options + ")"));
        return changes.changes("things").orElseThrow();
    }

    private FileStoreTable table() {
        return lake.table("depot", "things");
    }

    private void write(GenericRow... rows) throws Exception {
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

    private void compact() throws Exception {
        BatchWriteBuilder builder = table().newBatchWriteBuilder();
        try (IOManager temporary = IOManager.create(folder.resolve("tmp").toString());
                BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(temporary);
            write.compact(BinaryRow.EMPTY_ROW, 0, true);
            commit.commit(write.prepareCommit());
        }
    }

    private static GenericRow row(long id, String place) {
        return GenericRow.of(id, BinaryString.fromString(place));
    }

    private static GenericRow row(RowKind kind, long id, String place) {
        GenericRow row = row(id, place);
        row.setRowKind(kind);
        return row;
    }

    /** Everything from there on, in as many polls as it takes. */
    private static List<Change> read(LakeChangeLog log, Position from) {
        List<Change> all = new ArrayList<>();
        try (ChangeReader reader = log.read(from)) {
            Position latest = log.latest();
            while (!reader.position().reaches(latest)) {
                all.addAll(reader.poll(POLL));
            }
        }
        return all;
    }

    private static List<String> text(List<Change> changes) {
        return changes.stream()
                .map(change -> change.place().number() + " " + change.kind() + " " + change.key() + " "
                        + change.before() + " " + change.row())
                .toList();
    }

    @Test
    void changesOfASnapshotOfManyFilesAndBucketsAlwaysComeInTheSameOrder() throws Exception {
        LakeChangeLog log = create(COLUMNS, "'bucket' = '3', 'write-only' = 'true', " + SMALL_BUFFER);
        write(IntStream.range(0, 5000)
                .mapToObj(i -> row(i * 7919L % 2000, "place " + i))
                .toArray(GenericRow[]::new));
        List<Split> splits = table().newReadBuilder().newStreamScan().plan().splits();
        assertThat(splits).hasSizeGreaterThanOrEqualTo(3);
        assertThat(table().newSnapshotReader().read().dataSplits().stream()
                        .mapToLong(split -> split.dataFiles().size())
                        .sum())
                .isGreaterThan(15);
        List<Change> all = read(log, log.earliest());
        assertThat(all).hasSizeGreaterThan(2000);
        assertThat(text(read(log, log.earliest()))).isEqualTo(text(all));
        for (int seen = 1; seen < all.size(); seen += 613) {
            Position after = log.earliest().after(all.get(seen - 1).place());
            assertThat(text(read(log, after))).isEqualTo(text(all.subList(seen, all.size())));
        }
    }

    @Test
    void changesOfAKeyAreInOrderThoughTheirFilesAreMany() throws Exception {
        LakeChangeLog log = create(COLUMNS, "'bucket' = '1', 'changelog-producer' = 'lookup', " + SMALL_BUFFER);
        List<GenericRow> rows = new ArrayList<>();
        for (int round = 0; round < 60; round++) {
            rows.add(row(1, "round " + round));
            for (int i = 0; i < 300; i++) {
                rows.add(row(100 + i, round + " and some words that fill the buffer"));
            }
        }
        write(rows.toArray(GenericRow[]::new));
        List<Change> ofOne = read(log, log.earliest()).stream()
                .filter(change -> Map.of("id", 1L).equals(change.key()))
                .toList();
        assertThat(ofOne).hasSizeGreaterThan(2);
        assertThat(ofOne.get(0).kind()).isEqualTo(Change.Kind.INSERT);
        for (int i = 1; i < ofOne.size(); i++) {
            assertThat(ofOne.get(i).kind()).isEqualTo(Change.Kind.UPDATE);
            assertThat(ofOne.get(i).before()).isEqualTo(ofOne.get(i - 1).row());
        }
        assertThat(ofOne.get(ofOne.size() - 1).row()).containsEntry("place", "round 59");
    }

    @Test
    void appendsComeInTheOrderOfTheirFilesToo() throws Exception {
        LakeChangeLog log = create(
                "id BIGINT, place STRING, part INT) PARTITIONED BY (part",
                "'bucket' = '-1', 'target-file-size' = '8 kb'");
        write(IntStream.range(0, 3000)
                .mapToObj(i -> GenericRow.of((long) i, BinaryString.fromString("place " + i), i % 3))
                .toArray(GenericRow[]::new));
        List<Change> all = read(log, log.earliest());
        assertThat(all).hasSize(3000).allMatch(change -> change.kind() == Change.Kind.APPEND && change.key() == null);
        assertThat(new HashSet<>(all.stream().map(change -> change.row()).toList()))
                .hasSize(3000);
        assertThat(text(read(log, log.earliest().after(all.get(1234).place()))))
                .isEqualTo(text(all.subList(1235, 3000)));
    }

    @Test
    void updateWhoseHalvesTheWriterSentIsOne() throws Exception {
        LakeChangeLog log = create(COLUMNS, "'bucket' = '1', 'changelog-producer' = 'input'");
        write(row(1, "A"), row(2, "B"));
        write(
                row(RowKind.UPDATE_BEFORE, 1, "A"),
                row(RowKind.UPDATE_AFTER, 1, "C"),
                row(RowKind.UPDATE_BEFORE, 2, "B"));
        write(row(RowKind.UPDATE_AFTER, 2, "D"));
        assertThat(text(read(log, log.earliest())))
                .containsExactly(
                        "0 INSERT {id=1} null {id=1, place=A}",
                        "1 INSERT {id=2} null {id=2, place=B}",
                        "0 UPDATE {id=1} {id=1, place=A} {id=1, place=C}",
                        "0 UPDATE {id=2} null {id=2, place=D}");
    }

    @Test
    void pollGivesOnlyAsMuchAsFitsInASmallMemory() throws Exception {
        LakeChangeLog log = create(COLUMNS, "'bucket' = '1'");
        String place = "x".repeat(100_000);
        write(IntStream.range(0, 60).mapToObj(i -> row(i, place)).toArray(GenericRow[]::new));
        int most = 0;
        int count = 0;
        try (ChangeReader reader = log.read(log.earliest())) {
            while (count < 60) {
                int some = reader.poll(POLL).size();
                most = Math.max(most, some);
                count += some;
            }
        }
        assertThat(most).isLessThan(10);
    }

    @Test
    void blobsAreLeftOut() throws Exception {
        LakeChangeLog log = create(
                "id BIGINT, image BYTES, plain BYTES",
                "'bucket' = '-1', 'row-tracking.enabled' = 'true', 'data-evolution.enabled' = 'true',"
                        + " 'blob-field' = 'image'");
        write(GenericRow.of(1L, new BlobData(new byte[] {1, 2}), new byte[] {3}));
        assertThat(read(log, log.earliest()).get(0).row()).containsOnlyKeys("id", "plain");
    }

    @Test
    void columnThatIsNewIsThereFromItsFirstSnapshotOn() throws Exception {
        LakeChangeLog log = create(COLUMNS, "'bucket' = '1'");
        try (ChangeReader reader = log.read(log.latest())) {
            write(row(1, "A"));
            assertThat(reader.poll(POLL).get(0).row()).containsOnlyKeys("id", "place");
            create("id BIGINT, place STRING, note STRING, PRIMARY KEY (id) NOT ENFORCED", "'bucket' = '1'");
            write(GenericRow.of(2L, null, BinaryString.fromString("new")));
            assertThat(reader.poll(POLL).get(0).row()).containsEntry("note", "new");
        }
    }

    @Test
    void tablePutBackIsNotReadOn() throws Exception {
        LakeChangeLog log = create(COLUMNS, "'bucket' = '1'");
        write(row(1, "A"));
        write(row(2, "B"));
        Position end = log.latest();
        table().rollbackTo(1);
        assertThatThrownBy(() -> log.requireKept(end)).hasMessageContaining("the table was put back");
        assertThatThrownBy(() -> log.position(end.toString())).hasMessageContaining("do not go that far");
    }

    @Test
    void readerComesAsFarAsTheSnapshotThatWroteAllRowsAnew() throws Exception {
        LakeChangeLog log = create(COLUMNS, "'bucket' = '1'");
        write(row(1, "A"));
        compact();
        Position end = log.latest();
        lake.truncate("depot", "things");
        write(row(1, "B"));
        try (ChangeReader reader = log.read(log.earliest())) {
            assertThat(reader.poll(POLL)).hasSize(1);
            assertThat(reader.poll(POLL)).isEmpty();
            assertThat(reader.position()).isEqualTo(end);
            assertThatThrownBy(() -> reader.poll(POLL))
                    .isInstanceOfSatisfying(PositionException.class, e -> assertThat(e.expired())
                            .isTrue())
                    .hasMessageContaining("there all rows were written anew");
        }
        assertThatThrownBy(() -> log.position(end.toString())).isInstanceOf(PositionException.class);
        assertThat(read(log, ((SnapshotPosition) end).at(((SnapshotPosition) end).snapshot() + 1)))
                .hasSize(1);
    }

    @Test
    void partsOfRowsAreNoChanges() {
        assertThat(create(COLUMNS, "'bucket' = '1', 'merge-engine' = 'partial-update'")
                        .refusal())
                .hasValue("lake.depot.things has the merge-engine partial-update and no changelog:"
                        + " add 'changelog-producer' = 'lookup' to its file");
    }
}
