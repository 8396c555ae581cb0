package io.millrace.sql;

import static io.millrace.sql.TestLake.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kinds of tables, and how they change under the reader's eyes. */
class TablesTest {
    enum Kind {
        MERGE_ON_READ,
        DELETION_VECTORS,
        LOOKUP,
        ORC
    }

    @TempDir
    Path directory;

    private TestLake lake;
    private RunningLakeSql sql;

    @BeforeEach
    void start() throws Exception {
        lake = new TestLake(directory.resolve("warehouse"));
        sql = new RunningLakeSql(lake);
    }

    @AfterEach
    void stop() throws Exception {
        sql.close();
        lake.close();
    }

    private static Schema.Builder keyed(Kind kind) {
        Schema.Builder schema = Schema.newBuilder()
                .column("id", DataTypes.BIGINT().notNull())
                .column("name", DataTypes.STRING())
                .primaryKey("id")
                .option("bucket", "1")
                .option("file.format", kind == Kind.ORC ? "orc" : "parquet");
        return switch (kind) {
            case MERGE_ON_READ, ORC -> schema.option("write-only", "true");
            case DELETION_VECTORS -> schema.option("deletion-vectors.enabled", "true");
            case LOOKUP -> schema.option("changelog-producer", "lookup");
        };
    }

    private static GenericRow row(long id, String name) {
        return GenericRow.of(id, text(name));
    }

    private static GenericRow deleted(long id, String name) {
        return GenericRow.ofKind(RowKind.DELETE, id, text(name));
    }

    @ParameterizedTest
    @EnumSource
    void updatesAndDeletesAreSeenAtOnce(Kind kind) throws Exception {
        lake.create("t", keyed(kind));
        assertThat(sql.query("SELECT * FROM t")).isEmpty();
        lake.write("t", row(1, "one"), row(2, "two"), row(3, "three"));
        assertThat(sql.query("SELECT * FROM t ORDER BY id")).containsExactly("1|one", "2|two", "3|three");
        lake.write("t", row(2, "TWO"), deleted(3, "three"), row(4, "four"));
        assertThat(sql.query("SELECT * FROM t ORDER BY id")).containsExactly("1|one", "2|TWO", "4|four");
        lake.compact("t");
        assertThat(sql.query("SELECT * FROM t ORDER BY id")).containsExactly("1|one", "2|TWO", "4|four");
    }

    @Test
    void rowsMarkedByADeletionVectorAreLeftOut() throws Exception {
        lake.create("t", keyed(Kind.DELETION_VECTORS));
        lake.write("t", LongStream.range(0, 5000).mapToObj(id -> row(id, "old")).toList());
        lake.write("t", row(7, "new"), deleted(8, "old"), row(5000, "new"));
        assertThat(sql.query("EXPLAIN SELECT * FROM t").get(0)).contains("1 with deleted rows, 0 splits merged");
        assertThat(sql.query("SELECT count(*), sum(id), count(DISTINCT id) FROM t"))
                .containsExactly("5000|12502492|5000");
        assertThat(sql.query("SELECT id, name FROM t WHERE id IN (6, 7, 8, 5000) ORDER BY id"))
                .containsExactly("6|old", "7|new", "5000|new");
    }

    @Test
    void anAppendThatIsNotCompactedYetHidesNoRowOfATableWithDeletionVectors() throws Exception {
        lake.create("t", keyed(Kind.DELETION_VECTORS).option("write-only", "true"));
        lake.write("t", row(1, "one"), row(2, "two"));
        lake.compact("t");
        assertThat(sql.query("SELECT * FROM t ORDER BY id")).containsExactly("1|one", "2|two");
        lake.write("t", row(2, "TWO"), row(3, "three"));
        assertThat(sql.query("SELECT id FROM t ORDER BY id")).contains("1", "2");
        lake.compact("t");
        assertThat(sql.query("SELECT * FROM t ORDER BY id")).containsExactly("1|one", "2|TWO", "3|three");
    }

    @Test
    void aLookupTablesAppendIsReadWithWhatIsNotCompacted() throws Exception {
        lake.create("t", keyed(Kind.LOOKUP).option("write-only", "true"));
        lake.write("t", row(1, "one"), row(2, "two"));
        assertThat(sql.query("SELECT * FROM t ORDER BY id")).containsExactly("1|one", "2|two");
        lake.write("t", row(2, "TWO"));
        assertThat(sql.query("SELECT * FROM t ORDER BY id")).containsExactly("1|one", "2|TWO");
    }

    @ParameterizedTest
    @EnumSource
    void columnsAddedRenamedAndDroppedReadRight(Kind kind) throws Exception {
        lake.create("t", keyed(kind));
        lake.write("t", row(1, "one"));
        lake.alter("t", SchemaChange.addColumn("extra", DataTypes.INT()), SchemaChange.renameColumn("name", "title"));
        assertThat(sql.query("SELECT id, title, extra FROM t")).containsExactly("1|one|null");
        lake.write("t", GenericRow.of(2L, text("two"), 7));
        assertThat(sql.query("SELECT id, title, extra FROM t ORDER BY id")).containsExactly("1|one|null", "2|two|7");
        lake.alter("t", SchemaChange.dropColumn("title"), SchemaChange.addColumn("title", DataTypes.STRING()));
        assertThat(sql.query("SELECT id, extra, title FROM t ORDER BY id")).containsExactly("1|null|null", "2|7|null");
        lake.alter("t", SchemaChange.updateColumnType("extra", DataTypes.BIGINT()));
        lake.write("t", GenericRow.of(3L, 1L << 40, text("three")));
        assertThat(sql.query("SELECT id, extra, title FROM t ORDER BY id"))
                .containsExactly("1|null|null", "2|7|null", "3|1099511627776|three");
    }

    @Test
    void fieldsAddedInsideARowAreNullInOlderFiles() throws Exception {
        lake.create(
                "t",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("place", DataTypes.ROW(DataTypes.FIELD(2, "city", DataTypes.STRING())))
                        .option("bucket", "-1"));
        lake.write("t", GenericRow.of(1, GenericRow.of(text("Bonn"))));
        lake.alter(
                "t",
                SchemaChange.renameColumn(new String[] {"place", "city"}, "town"),
                SchemaChange.addColumn(new String[] {"place", "zip"}, DataTypes.INT(), null, null));
        lake.write("t", GenericRow.of(2, GenericRow.of(text("Köln"), 50667)));
        assertThat(sql.query("SELECT id, place.town, place.zip FROM t ORDER BY id"))
                .containsExactly("1|Bonn|null", "2|Köln|50667");
    }

    @Test
    void appendTablesJoinAndAggregate() throws Exception {
        lake.create(
                "orders",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("customer", DataTypes.BIGINT())
                        .column("amount", DataTypes.DECIMAL(10, 2))
                        .option("bucket", "-1"));
        lake.create("customers", keyed(Kind.MERGE_ON_READ));
        lake.write("customers", row(1, "Ann"), row(2, "Bob"));
        lake.write(
                "orders",
                IntStream.range(0, 1000)
                        .mapToObj(i -> GenericRow.of(
                                i, 1L + i % 2, org.apache.paimon.data.Decimal.fromUnscaledLong(i * 100L, 10, 2)))
                        .toList());
        assertThat(sql.query("SELECT c.name, count(*), sum(o.amount), max(o.id) FROM lake.shop.orders o"
                        + " JOIN shop.customers c ON c.id = o.customer GROUP BY c.name ORDER BY 1"))
                .containsExactly("Ann|500|249500.00|998", "Bob|500|250000.00|999");
        assertThat(sql.query("SELECT count(*) FROM orders a JOIN orders b ON a.id = b.id"))
                .containsExactly("1000");
        assertThat(sql.query("SELECT shop.orders.id FROM shop.orders WHERE lake.shop.orders.id = 5"))
                .containsExactly("5");
    }

    @Test
    void partitionedTablesReadTheirPartitionColumns() throws Exception {
        lake.create(
                "t",
                Schema.newBuilder()
                        .column("day", DataTypes.STRING())
                        .column("id", DataTypes.INT())
                        .partitionKeys("day")
                        .option("bucket", "-1"));
        lake.write("t", GenericRow.of(text("2026-01-01 [x]"), 1), GenericRow.of(text("b"), 2));
        assertThat(sql.query("SELECT * FROM t ORDER BY id")).containsExactly("2026-01-01 [x]|1", "b|2");
    }

    @Test
    void newTablesAndDatabasesAppearAndATableMadeAgainIsNew() throws Exception {
        try (Connection connection = sql.connect()) {
            lake.createDatabase("later");
            assertThat(RunningLakeSql.rows(connection, "SHOW DATABASES")).contains("later");
            lake.create("t", keyed(Kind.MERGE_ON_READ));
            lake.write("t", row(1, "old"));
            assertThat(RunningLakeSql.rows(connection, "SELECT name FROM t")).containsExactly("old");
            lake.drop("t");
            assertThatThrownBy(() -> RunningLakeSql.rows(connection, "SELECT name FROM t"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(1146));
            lake.create("t", keyed(Kind.MERGE_ON_READ));
            lake.write("t", row(1, "new"));
            assertThat(RunningLakeSql.rows(connection, "SELECT name FROM t")).containsExactly("new");
        }
    }

    @Test
    void lastSnapshotsNamesTheTablesOfTheLastSelect() throws Exception {
        lake.create("a", keyed(Kind.MERGE_ON_READ));
        lake.create("b", keyed(Kind.DELETION_VECTORS));
        lake.write("a", row(1, "x"));
        lake.write("a", row(2, "y"));
        try (Connection connection = sql.connect()) {
            RunningLakeSql.rows(connection, "SELECT * FROM a x JOIN a y USING (id) LEFT JOIN b USING (id)");
            assertThat(RunningLakeSql.rows(connection, "SELECT @@last_snapshots"))
                    .containsExactly("lake.shop.a=2,lake.shop.b=0");
            assertThat(RunningLakeSql.rows(connection, "SELECT @@session.last_snapshots AS s"))
                    .containsExactly("lake.shop.a=2,lake.shop.b=0");
            lake.write("b", row(1, "x"));
            RunningLakeSql.rows(connection, "SELECT * FROM a JOIN b USING (id)");
            Instant at = Instant.parse(RunningLakeSql.rows(connection, "SELECT @@last_snapshots_at")
                    .get(0));
            RunningLakeSql.rows(connection, "SELECT * FROM b");
            assertThat(Instant.parse(RunningLakeSql.rows(connection, "SELECT @@last_snapshots_at")
                            .get(0)))
                    .as("b was committed after a")
                    .isAfter(at);
            RunningLakeSql.rows(connection, "SELECT 1");
            assertThat(RunningLakeSql.rows(connection, "SELECT @@last_snapshots"))
                    .containsExactly("");
        }
    }

    @Test
    void systemTablesAreReadThroughPaimon() throws Exception {
        lake.create("t", keyed(Kind.MERGE_ON_READ));
        lake.write("t", row(1, "x"));
        assertThat(sql.query("SELECT snapshot_id, commit_kind FROM `t$snapshots`"))
                .containsExactly("1|APPEND");
        assertThat(sql.query("SELECT count(*) FROM shop.`t$files`")).containsExactly("1");
    }

    @Test
    void aPlanWhoseFilesAreGoneIsMadeAnew() throws Exception {
        lake.create("t", Schema.newBuilder().column("id", DataTypes.INT()).option("bucket", "-1"));
        lake.write("t", GenericRow.of(1));
        assertThat(sql.query("SELECT id FROM t")).containsExactly("1");
        Path bucket = lake.directory().resolve("shop.db/t/bucket-0");
        List<Path> files;
        try (var listed = Files.list(bucket)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        long plans = sql.server().statistics().plans();
        assertThatThrownBy(() -> sql.query("SELECT id FROM t")).isInstanceOf(SQLException.class);
        assertThat(sql.server().statistics().plans()).isEqualTo(plans + 1);
    }
}
