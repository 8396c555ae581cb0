package io.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.App;
import io.millrace.app.table.TableDefinition;
import io.millrace.lake.Lake;
import io.millrace.lake.Warehouse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.types.RowKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Doris reads the lake with sees the rows that were written, in every table of the shop and the platform. */
class ReadersTest {
    private static final int ROWS = 60;

    @TempDir
    private static Path folder;

    private static final App APP = App.load(JavaProcess.HOME.resolve("apps/shop"));
    /** All but the one with BLOBs, which Doris never reads. */
    private static final List<TableDefinition> TABLES = APP.tables().stream()
            .filter(table -> !table.options().containsKey("blob-field"))
            .toList();

    private static final Map<String, List<String>> WRITTEN = new HashMap<>();

    private static ObjectStore store;
    private static Lake lake;

    @BeforeAll
    static void writeEveryTable() throws Exception {
        store = ObjectStore.start(folder);
        lake = Lake.open(new Warehouse(ObjectStore.WAREHOUSE, store.settings()));
        lake.ensure(TABLES);
        for (TableDefinition table : TABLES) {
            WRITTEN.put(table.qualifiedName(), write(lake.table(table.database(), table.name())));
        }
    }

    @AfterAll
    static void endEverything() throws Exception {
        lake.close();
        store.close();
    }

    @Test
    void thePaimonOfDorisReadsTheRowsOfEveryTable() throws Exception {
        List<String> tables = List.copyOf(WRITTEN.keySet());
        assertThat(PaimonOfDoris.rows(folder, ObjectStore.WAREHOUSE, store.settings(), tables))
                .isEqualTo(WRITTEN);
    }

    @Test
    void ourOwnPaimonReadsTheRowsOfEveryTable() throws Exception {
        Map<String, List<String>> read = new HashMap<>();
        for (TableDefinition table : TABLES) {
            read.put(table.qualifiedName(), LakeRows.of(lake.table(table.database(), table.name())));
        }
        assertThat(read).isEqualTo(WRITTEN);
    }

    @Test
    void icebergReadsTheRowsOfEveryTableThatIsMarkedForIt() throws Exception {
        List<TableDefinition> marked = APP.tables().stream()
                .filter(table -> table.options().containsKey("metadata.iceberg.storage"))
                .toList();
        assertThat(marked).isNotEmpty();
        for (TableDefinition table : marked) {
            assertThat(IcebergRows.of(
                            folder,
                            store.settings(),
                            ObjectStore.WAREHOUSE + "/iceberg",
                            table.database(),
                            table.name()))
                    .isEqualTo(WRITTEN.get(table.qualifiedName()));
        }
    }

    /** Inserts, then updates, deletes and inserts again, each a commit; returns the rows there must be. */
    private static List<String> write(FileStoreTable table) throws Exception {
        Map<Integer, GenericRow> rows = new TreeMap<>();
        RandomRows random = new RandomRows(table.rowType(), table.options().getOrDefault("sequence.field", ""));
        Set<String> keys = new HashSet<>(table.primaryKeys());
        List<GenericRow> changes = new ArrayList<>();
        for (int key = 0; key < ROWS; key++) {
            changes.add(insert(rows, key, random.next(key, keys)));
        }
        commit(table, changes);
        if (!keys.isEmpty()) {
            changes.clear();
            for (int key = 0; key < ROWS / 2; key++) {
                changes.add(insert(rows, key, random.next(key, keys)));
            }
            for (int key = ROWS / 3; key < ROWS * 2 / 3; key++) {
                GenericRow gone = rows.remove(key);
                gone.setRowKind(RowKind.DELETE);
                changes.add(gone);
            }
            commit(table, changes);
        }
        changes.clear();
        for (int key = ROWS; key < ROWS + 5; key++) {
            changes.add(insert(rows, key, random.next(key, keys)));
        }
        commit(table, changes);
        return rows.values().stream()
                .map(row -> LakeRows.text(table.rowType(), row))
                .sorted()
                .toList();
    }

    private static GenericRow insert(Map<Integer, GenericRow> rows, int key, GenericRow row) {
        rows.put(key, row);
        return row;
    }

    private static void commit(FileStoreTable table, List<GenericRow> rows) throws Exception {
        BatchWriteBuilder builder = table.newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(IOManager.create(folder.resolve("buffers").toString()));
            for (GenericRow row : rows) {
                write.write(row);
            }
            commit.commit(write.prepareCommit());
        }
    }
}
