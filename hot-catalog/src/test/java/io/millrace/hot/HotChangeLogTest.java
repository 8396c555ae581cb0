package io.millrace.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.table.TableDefinition;
import io.millrace.app.table.TableFile;
import io.millrace.changes.Change;
import io.millrace.changes.ChangeReader;
import io.millrace.changes.PositionException;
import io.millrace.hotstore.HotStoreProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.fluss.client.Connection;
import org.apache.fluss.client.ConnectionFactory;
import org.apache.fluss.client.table.Table;
import org.apache.fluss.client.table.writer.AppendWriter;
import org.apache.fluss.client.table.writer.UpsertWriter;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.row.BinaryString;
import org.apache.fluss.row.GenericRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotChangeLogTest {
    private static final Duration POLL = Duration.ofSeconds(2);

    @TempDir
    static Path folder;

    private static HotStoreProcess store;
    private static HotLookup lookup;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        store = HotStoreProcess.start(folder);
        lookup = new HotLookup(store.bootstrap(), "depot");
        Configuration configuration = new Configuration();
        configuration.setString("bootstrap.servers", store.bootstrap());
        connection = ConnectionFactory.createConnection(configuration);
        ensure("""
                CREATE TABLE parcels (id BIGINT, place STRING, tags ARRAY<STRING>, PRIMARY KEY (id) NOT ENFORCED)
                  WITH ('bucket.num' = '2');
                CREATE TABLE gone (id BIGINT, PRIMARY KEY (id) NOT ENFORCED);
                CREATE TABLE wider (id BIGINT, PRIMARY KEY (id) NOT ENFORCED);
                CREATE TABLE scans (id BIGINT);
                """);
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        lookup.close();
        store.close();
    }

    private static void ensure(String sql) throws Exception {
        List<TableDefinition> tables = TableFile.parse("tables/hot/x.sql", "depot", sql);
        try (HotTables hot = HotTables.connect(store.bootstrap())) {
            hot.ensure(tables);
        }
    }

    private static UpsertWriter writer(String table) {
        Table target = connection.getTable(TablePath.of("depot", table));
        return target.newUpsert().createWriter();
    }

    private static HotChangeLog changes(String table) {
        return lookup.changes(table).orElseThrow();
    }

    private static List<Change> read(ChangeReader reader, int count) {
        List<Change> changes = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (changes.size() < count && System.nanoTime() < deadline) {
            changes.addAll(reader.poll(POLL));
        }
        assertThat(changes).hasSize(count);
        return changes;
    }

    private static GenericRow parcel(long id, String place) {
        return GenericRow.of(id, BinaryString.fromString(place), null);
    }

    @Test
    void changesOfAKeyHaveBothTheirRows() throws Exception {
        HotChangeLog log = changes("parcels");
        LogPosition begin = log.latest();
        UpsertWriter writer = writer("parcels");
        writer.upsert(parcel(1, "A")).get();
        writer.upsert(parcel(1, "B")).get();
        writer.delete(parcel(1, "B")).get();
        try (ChangeReader reader = log.read(begin)) {
            List<Change> changes = read(reader, 3);
            assertThat(changes)
                    .extracting(Change::kind)
                    .containsExactly(Change.Kind.INSERT, Change.Kind.UPDATE, Change.Kind.DELETE);
            assertThat(changes.get(1).key()).isEqualTo(Map.of("id", 1L));
            assertThat(changes.get(1).before()).containsEntry("place", "A");
            assertThat(changes.get(1).row()).containsEntry("place", "B");
            assertThat(changes.get(2).row()).isNull();
            assertThat(changes.get(2).before()).containsEntry("place", "B");
            assertThat(log.position(reader.position().toString()))
                    .isEqualTo(reader.position())
                    .isEqualTo(log.latest());
        }
    }

    @Test
    void anUpdateIsNeverCutInTwo() throws Exception {
        HotChangeLog log = changes("parcels");
        LogPosition begin = log.latest();
        UpsertWriter writer = writer("parcels");
        for (int i = 0; i < 700; i++) {
            writer.upsert(parcel(2, "place " + i));
        }
        writer.flush();
        LogPosition at = begin;
        int updates = 0;
        while (!at.equals(log.latest())) {
            // A reader gives 500 records at a time: the 250th update would be cut.
            try (ChangeReader reader = log.read(at)) {
                for (Change change : reader.poll(POLL)) {
                    if (change.kind() == Change.Kind.UPDATE) {
                        assertThat(change.before()).containsEntry("place", "place " + updates);
                        updates++;
                    }
                }
                at = (LogPosition) reader.position();
            }
        }
        assertThat(updates).isEqualTo(699);
    }

    @Test
    void positionGoesOnOverOffsetsWithoutAChange() throws Exception {
        HotChangeLog log = changes("gone");
        LogPosition begin = log.latest();
        writer("gone").delete(GenericRow.of(9L)).get();
        LogPosition end = log.latest();
        assertThat(end).isNotEqualTo(begin);
        try (ChangeReader reader = log.read(begin)) {
            assertThat(reader.poll(POLL)).isEmpty();
            assertThat(reader.position()).isEqualTo(end);
        }
    }

    @Test
    void columnThatIsNewIsReadByAReaderOfTheTableAsItIsNow() throws Exception {
        LogPosition begin = changes("wider").latest();
        writer("wider").upsert(GenericRow.of(1L)).get();
        HotChangeLog narrow = changes("wider");
        ensure("CREATE TABLE wider (id BIGINT, note STRING, PRIMARY KEY (id) NOT ENFORCED)");
        assertThat(changes("wider").sameColumns(narrow)).isFalse();
        assertThat(changes("wider").sameTable(narrow)).isTrue();
        try (ChangeReader reader = changes("wider").read(begin)) {
            assertThat(read(reader, 1).get(0).row()).containsOnlyKeys("id", "note");
        }
    }

    @Test
    void logTableHasAppendsWithoutAKey() throws Exception {
        AppendWriter writer =
                connection.getTable(TablePath.of("depot", "scans")).newAppend().createWriter();
        writer.append(GenericRow.of(7L)).get();
        try (ChangeReader reader = changes("scans").read(changes("scans").earliest())) {
            Change change = read(reader, 1).get(0);
            assertThat(change.kind()).isEqualTo(Change.Kind.APPEND);
            assertThat(change.key()).isNull();
            assertThat(change.row()).isEqualTo(Map.of("id", 7L));
        }
    }

    @Test
    void whatIsNoPositionOfTheTableIsRefused() {
        HotChangeLog log = changes("parcels");
        for (String wrong : List.of(
                "", "7", "0:7,1:3", "5/1:0,0:0", changes("scans").latest().toString())) {
            assertThatThrownBy(() -> log.position(wrong))
                    .isInstanceOf(PositionException.class)
                    .hasMessageContaining("Give the id of an event of this table");
        }
        LogPosition latest = log.latest();
        assertThatThrownBy(
                        () -> log.position(latest.with(1, latest.offset(1) + 1).toString()))
                .hasMessageContaining("the table's log does not go that far");
    }
}
