package io.millrace.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.table.TableDefinition;
import io.millrace.app.table.TableFile;
import io.millrace.hotstore.HotStoreProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.server.zk.data.ZkData.TableIdZNode;
import org.apache.fluss.server.zk.data.ZkData.TableZNode;
import org.apache.fluss.shaded.zookeeper3.org.apache.zookeeper.CreateMode;
import org.apache.fluss.shaded.zookeeper3.org.apache.zookeeper.ZooDefs;
import org.apache.fluss.shaded.zookeeper3.org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotTablesTest {
    private static final long UNSEEN_ID = 900;

    @TempDir
    static Path folder;

    private static HotStoreProcess store;
    private static HotTables tables;

    @BeforeAll
    static void start() throws Exception {
        store = HotStoreProcess.start(folder);
        tables = HotTables.connect(store.bootstrap());
    }

    @AfterAll
    static void stop() throws Exception {
        tables.close();
        store.close();
    }

    @Test
    void tableIsMadeOnceWithItsKeyAndOptions() {
        List<TableDefinition> wanted = table("""
                CREATE TABLE made (id BIGINT, seen_at TIMESTAMP_LTZ(6) COMMENT 'when', amount DECIMAL(12, 2), tags ARRAY<STRING>,
                PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket.num' = '2', 'table.log.ttl' = '1 d');
                """);
        assertThat(tables.ensure(wanted)).containsExactly("created hot.depot.made");
        assertThat(tables.ensure(wanted)).isEmpty();
    }

    @Test
    void columnsAtTheEndAreAdded() {
        tables.ensure(table("CREATE TABLE grows (id BIGINT, a INT, PRIMARY KEY (id) NOT ENFORCED);"));
        List<TableDefinition> grown =
                table("CREATE TABLE grows (id BIGINT, a INT, b STRING, PRIMARY KEY (id) NOT ENFORCED);");
        assertThat(tables.ensure(grown)).containsExactly("added column b to hot.depot.grows");
        assertThat(tables.ensure(grown)).isEmpty();
    }

    @Test
    void changedOptionsAreTakenOverWhereTheHotStoreCan() {
        tables.ensure(table("CREATE TABLE aged (id BIGINT) WITH ('table.log.ttl' = '1 d');"));
        List<TableDefinition> carried = table("CREATE TABLE aged (id BIGINT) WITH ('table.log.ttl' = '1 d',"
                + " 'table.log.tiered.local-segments' = '3');");
        assertThat(tables.ensure(carried))
                .containsExactly("changed 'table.log.tiered.local-segments' of hot.depot.aged to '3'");
        assertThat(tables.ensure(carried)).isEmpty();
        assertThatThrownBy(() -> tables.ensure(
                        table("CREATE TABLE aged (id BIGINT) WITH ('table.log.ttl' = '2 d', 'bucket.num' = '1');")))
                .isInstanceOf(HotStoreException.class)
                .hasMessageContaining("its 'table.log.ttl' is 1 d in the hot store, 2 d in the file");
        assertThatThrownBy(() -> tables.ensure(table("CREATE TABLE aged (id BIGINT) WITH ('bucket.num' = '4');")))
                .hasMessageContaining("its 'bucket.num' is 1 in the hot store, 4 in the file");
    }

    @Test
    void freshnessOfACopyCanBeChangedAndTheCopyGivenUp() {
        tables.ensure(
                table(
                        "CREATE TABLE fresh (id BIGINT) WITH ('table.datalake.enabled' = 'true', 'table.datalake.freshness' = '2 s');"));
        assertThat(
                        tables.ensure(
                                table(
                                        "CREATE TABLE fresh (id BIGINT) WITH ('table.datalake.enabled' = 'true', 'table.datalake.freshness' = '5 s');")))
                .containsExactly("changed 'table.datalake.freshness' of hot.depot.fresh to '5 s'");
        assertThat(tables.ensure(table("CREATE TABLE fresh (id BIGINT);")))
                .containsExactly("changed 'table.datalake.enabled' of hot.depot.fresh to 'false'");
    }

    @Test
    void tableThatTheCoordinatorDidNotSeeBeingMadeIsMadeAnew() throws Exception {
        TableDefinition wanted = table("CREATE TABLE unseen (id BIGINT, PRIMARY KEY (id) NOT ENFORCED)"
                        + " WITH ('table.datalake.enabled' = 'true');")
                .get(0);
        TablePath path = TablePath.of("depot", "unseen");
        tables.ensure(List.of(wanted));
        try (ZooKeeper nodes = new ZooKeeper(store.zookeeper(), 10_000, event -> {})) {
            String table = TableZNode.path(path);
            byte[] registration = nodes.getData(table, false, null);
            long id = TableZNode.decode(registration).tableId;
            byte[] assignment = nodes.getData(TableIdZNode.path(id), false, null);
            byte[] schemas = nodes.getData(table + "/schemas", false, null);
            byte[] schema = nodes.getData(table + "/schemas/1", false, null);
            tables.drop(wanted);
            // With its content at once, as the coordinator finds it when it looks too late.
            create(nodes, TableIdZNode.path(UNSEEN_ID), assignment);
            create(nodes, table, withId(registration, id));
            create(nodes, table + "/schemas", schemas);
            create(nodes, table + "/schemas/1", schema);
        }
        assertThat(tables.exists(wanted)).isTrue();
        tables.make(wanted, path, "table hot.depot.unseen");
        try (HotLookup lookup = new HotLookup(store.bootstrap(), "depot")) {
            assertThat(lookup.table("unseen").orElseThrow().row("1")).isEmpty();
            assertThat(lookup.changes("unseen").orElseThrow().latest().table()).isNotEqualTo(UNSEEN_ID);
        }
    }

    private static byte[] withId(byte[] registration, long id) {
        String text = new String(registration, StandardCharsets.UTF_8);
        assertThat(text).contains("\"table_id\":" + id + ",");
        return text.replace("\"table_id\":" + id + ",", "\"table_id\":" + UNSEEN_ID + ",")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void create(ZooKeeper nodes, String path, byte[] content) throws Exception {
        nodes.create(path, content, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    }

    @Test
    void otherChangesAreRefusedWithTheWayOn() {
        tables.ensure(table("CREATE TABLE kept (id BIGINT, a INT, PRIMARY KEY (id) NOT ENFORCED);"));
        assertRefused(
                "CREATE TABLE kept (id BIGINT, a STRING, PRIMARY KEY (id) NOT ENFORCED);",
                "column a is INT in the hot store, STRING in the file");
        assertRefused(
                "CREATE TABLE kept (id BIGINT, b INT, PRIMARY KEY (id) NOT ENFORCED);",
                "its column 2 is a in the hot store, b in the file");
        assertRefused(
                "CREATE TABLE kept (id BIGINT, a INT);", "its primary key is [id] in the hot store, [] in the file");
    }

    @Test
    void wrongOptionsNameFileAndTable() {
        assertThatThrownBy(() -> tables.ensure(table("CREATE TABLE odd (id BIGINT) WITH ('table.log.tt' = '1 d');")))
                .isInstanceOf(HotStoreException.class)
                .hasMessageContaining("tables/hot/x.sql:1: table hot.depot.odd: ")
                .hasMessageContaining("table.log.tt");
        assertThatThrownBy(() -> tables.ensure(table("CREATE TABLE odd (id BIGINT) WITH ('bucket.num' = 'two');")))
                .hasMessage("tables/hot/x.sql:1: 'bucket.num' is 'two': give a number");
    }

    @Test
    void storeThatIsNotThereIsNamed() {
        assertThat(HotConnection.listens("127.0.0.1:1")).isFalse();
        assertThatThrownBy(() -> HotTables.connect("127.0.0.1:1"))
                .isInstanceOf(HotStoreException.class)
                .hasMessageStartingWith("the hot store at 127.0.0.1:1 does not answer");
    }

    private static void assertRefused(String changed, String difference) {
        assertThatThrownBy(() -> tables.ensure(table(changed)))
                .isInstanceOf(HotStoreException.class)
                .hasMessage(
                        "tables/hot/x.sql:1: table hot.depot.kept cannot become what the file says: " + difference
                                + ". Columns can be added at the end and the freshness of its copy can be changed, no more: undo the change, or give the table another name");
    }

    private static List<TableDefinition> table(String sql) {
        return TableFile.parse("tables/hot/x.sql", "depot", sql);
    }
}
