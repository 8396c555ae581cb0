package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import io.millrace.app.table.TableFile;
import java.nio.file.Path;
import java.util.List;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.BlobData;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {
    private static final String COLUMNS = "id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED";
    private static final String ONE_BUCKET = ") WITH ('bucket' = '1'";

    @TempDir
    Path warehouse;

    Lake lake;

    @BeforeEach
    void open() {
        lake = Lake.open(Warehouse.local(warehouse.toUri().toString()));
    }

    @AfterEach
    void close() throws Exception {
        lake.close();
    }

    @Test
    void missingTablesAreCreatedAsDefined() {
        assertThat(lake.ensure(table("id BIGINT, total DECIMAL(12, 2) NOT NULL COMMENT 'EUR', day_ DATE,"
                        + " tags ARRAY<STRING>, PRIMARY KEY (id) NOT ENFORCED) COMMENT 'things' WITH ('bucket' = '2'")))
                .containsExactly("created lake.depot.things");
        FileStoreTable created = lake.table("depot", "things");
        assertThat(created.primaryKeys()).containsExactly("id");
        assertThat(created.comment()).contains("things");
        assertThat(created.rowType().getFields())
                .extracting(field -> field.name() + " " + field.type())
                .containsExactly(
                        "id BIGINT NOT NULL", "total DECIMAL(12, 2) NOT NULL", "day_ DATE", "tags ARRAY<STRING>");
        assertThat(created.rowType().getField("total").description()).isEqualTo("EUR");
        assertThat(created.options()).containsEntry("bucket", "2").containsEntry("snapshot.time-retained", "1 h");
    }

    @Test
    void secondEnsureChangesNothing() {
        lake.ensure(table(COLUMNS + ONE_BUCKET));
        long schema = lake.table("depot", "things").schema().id();
        assertThat(lake.ensure(table(COLUMNS + ONE_BUCKET))).isEmpty();
        assertThat(lake.table("depot", "things").schema().id()).isEqualTo(schema);
    }

    @Test
    void bytesThatAnOptionNamesAreABlob() throws Exception {
        String contents = "id BIGINT, image BYTES, plain BYTES) WITH ('bucket' = '-1', 'row-tracking.enabled' = 'true',"
                + " 'data-evolution.enabled' = 'true', 'blob-field' = 'image'";
        lake.ensure(table(contents));
        assertThat(lake.table("depot", "things").rowType().getFieldTypes())
                .extracting(Object::toString)
                .containsExactly("BIGINT", "BLOB", "BYTES");
        write(GenericRow.of(1L, new BlobData(new byte[] {1, 2}), new byte[] {3}));
        assertThat(lake.ensure(table(contents))).as("a second time").isEmpty();
        assertThat(lake.rows("depot", "things")).hasValue(1);
    }

    @Test
    void newColumnIsAddedAndOldRowsKeepTheirs() throws Exception {
        lake.ensure(table(COLUMNS + ONE_BUCKET));
        write(row(1, "one"));
        assertThat(lake.ensure(table("id BIGINT, name STRING, size INT, PRIMARY KEY (id) NOT ENFORCED" + ONE_BUCKET)))
                .containsExactly("added column size to lake.depot.things");
        assertThat(lake.table("depot", "things").rowType().getFieldNames()).containsExactly("id", "name", "size");
        assertThat(lake.rows("depot", "things")).hasValue(1);
    }

    @Test
    void changedOptionIsSet() {
        lake.ensure(table(COLUMNS));
        assertThat(lake.ensure(table(COLUMNS + ") WITH ('snapshot.time-retained' = '2 h'")))
                .containsExactly("set snapshot.time-retained = 2 h on lake.depot.things");
        assertThat(lake.table("depot", "things").options()).containsEntry("snapshot.time-retained", "2 h");
    }

    @Test
    void changedTypeIsRefused() {
        lake.ensure(table(COLUMNS));
        assertRefused(
                "id BIGINT, name INT, PRIMARY KEY (id) NOT ENFORCED",
                "column name is STRING in the lake, INT in the file");
    }

    @Test
    void droppedColumnIsRefused() {
        lake.ensure(table(COLUMNS));
        assertRefused("id BIGINT, PRIMARY KEY (id) NOT ENFORCED", "column name is gone from the file");
    }

    @Test
    void changedPrimaryKeyIsRefused() {
        lake.ensure(table(COLUMNS));
        assertRefused(
                "id BIGINT, name STRING, PRIMARY KEY (id, name) NOT ENFORCED",
                "its primary key is [id] in the lake, [id, name] in the file");
    }

    @Test
    void changedNumberOfBucketsIsRefusedForNothingCouldWriteTheTable() throws Exception {
        lake.ensure(table(COLUMNS + ONE_BUCKET));
        write(row(1, "one"));
        assertRefused(COLUMNS + ") WITH ('bucket' = '2'", "its bucket is 1 in the lake, 2 in the file");
        write(row(2, "two"));
        assertThat(lake.rows("depot", "things")).hasValue(2);
    }

    @Test
    void refusedChangeLeavesTheTableAsItWas() {
        lake.ensure(table(COLUMNS));
        assertThatThrownBy(() -> lake.ensure(table("id BIGINT, size INT, PRIMARY KEY (id) NOT ENFORCED")))
                .isInstanceOf(LakeException.class);
        assertThat(lake.table("depot", "things").rowType().getFieldNames()).containsExactly("id", "name");
    }

    @Test
    void whatPaimonRefusesNamesTheFile() {
        lake.ensure(table(COLUMNS));
        assertThatThrownBy(() ->
                        lake.ensure(table("id BIGINT, name STRING, size INT NOT NULL, PRIMARY KEY (id) NOT ENFORCED")))
                .isInstanceOf(LakeException.class)
                .hasMessageStartingWith("tables/things.sql:2: table lake.depot.things: ");
    }

    @Test
    void unknownTypeNamesItsLine() {
        List<TableDefinition> odd = table("id BIGINT, place ROW<x INT>");
        assertThatThrownBy(() -> lake.ensure(odd))
                .isInstanceOf(LakeException.class)
                .hasMessageStartingWith("tables/things.sql:2: column place has a type the lake does not know: ROW");
    }

    @Test
    void columnsComeInTheLakesOrder() {
        lake.ensure(table(COLUMNS));
        List<TableDefinition> changed = table("id BIGINT, size INT, name STRING, PRIMARY KEY (id) NOT ENFORCED");
        lake.ensure(changed);
        assertThat(lake.asStored(changed).get(0).columns())
                .extracting(Column::name)
                .containsExactly("id", "name", "size");
    }

    @Test
    void rowsAreCountedOnceAnUpdateReplacedThem() throws Exception {
        lake.ensure(table(COLUMNS + ") WITH ('bucket' = '1', 'deletion-vectors.enabled' = 'true'"));
        assertThat(lake.rows("depot", "things")).isEmpty();
        write(row(1, "one"), row(2, "two"));
        write(row(2, "zwei"), row(3, "three"));
        assertThat(lake.rows("depot", "things")).hasValue(3);
    }

    @Test
    void truncateLeavesAnEmptyTable() throws Exception {
        lake.ensure(table(COLUMNS + ONE_BUCKET));
        write(row(1, "one"), row(2, "two"));
        lake.truncate("depot", "things");
        assertThat(lake.rows("depot", "things")).hasValue(0);
        write(row(3, "three"));
        assertThat(lake.rows("depot", "things")).hasValue(1);
    }

    @Test
    void missingTableIsNamed() {
        assertThatThrownBy(() -> lake.table("depot", "nothing"))
                .isInstanceOf(LakeException.class)
                .hasMessage("table lake.depot.nothing does not exist");
        assertThatThrownBy(() -> lake.truncate("depot", "nothing"))
                .isInstanceOf(LakeException.class)
                .hasMessageContaining("table lake.depot.nothing does not exist");
    }

    private void assertRefused(String columns, String difference) {
        assertThatThrownBy(() -> lake.ensure(table(columns)))
                .isInstanceOf(LakeException.class)
                .hasMessage("tables/things.sql:2: table lake.depot.things exists and " + difference
                        + ": only new columns at the end are taken over; "
                        + "change it back, or give the table a new name");
    }

    /** @param definition what stands between the parentheses, and after them */
    private static List<TableDefinition> table(String definition) {
        return TableFile.parse("tables/things.sql", "depot", "-- Things.\nCREATE TABLE things (" + definition + ");");
    }

    private static GenericRow row(long id, String name) {
        return GenericRow.of(id, BinaryString.fromString(name));
    }

    private void write(GenericRow... rows) throws Exception {
        BatchWriteBuilder builder = lake.table("depot", "things").newBatchWriteBuilder();
        try (IOManager temporary = IOManager.create(warehouse.resolve("tmp").toString());
                BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(temporary);
            for (GenericRow row : rows) {
                write.write(row);
            }
            commit.commit(write.prepareCommit());
        }
    }
}
