package io.millrace.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.app.table.TableFile;
import io.millrace.hotstore.HotStoreProcess;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.fluss.client.Connection;
import org.apache.fluss.client.ConnectionFactory;
import org.apache.fluss.client.table.Table;
import org.apache.fluss.client.table.writer.UpsertWriter;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.row.BinaryString;
import org.apache.fluss.row.Decimal;
import org.apache.fluss.row.GenericArray;
import org.apache.fluss.row.GenericRow;
import org.apache.fluss.row.TimestampLtz;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotLookupTest {
    private static final Instant SEEN = Instant.parse("2026-11-26T10:15:30.123456Z");

    @TempDir
    static Path folder;

    private static HotStoreProcess store;
    private static HotLookup lookup;

    @BeforeAll
    static void start() throws Exception {
        store = HotStoreProcess.start(folder);
        lookup = new HotLookup(store.bootstrap(), "depot");
        try (HotTables tables = HotTables.connect(store.bootstrap())) {
            tables.ensure(TableFile.parse("tables/hot/x.sql", "depot", """
                    CREATE TABLE parcels (id BIGINT, seen_at TIMESTAMP_LTZ(6), weight DECIMAL(12, 2), tags ARRAY<STRING>,
                      note STRING, PRIMARY KEY (id) NOT ENFORCED);
                    CREATE TABLE places (shelf STRING, place INT, PRIMARY KEY (shelf, place) NOT ENFORCED);
                    CREATE TABLE scans (id BIGINT);
                    """));
        }
        upsert(
                "parcels",
                GenericRow.of(
                        7L,
                        TimestampLtz.fromInstant(SEEN),
                        Decimal.fromBigDecimal(new BigDecimal("3.50"), 12, 2),
                        GenericArray.of(BinaryString.fromString("fragile"), null),
                        null));
        upsert("places", GenericRow.of(BinaryString.fromString("A ü"), 4));
        upsert("places", GenericRow.of(BinaryString.fromString("B,1"), 4));
    }

    @AfterAll
    static void stop() throws Exception {
        lookup.close();
        store.close();
    }

    private static void upsert(String table, GenericRow row) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("bootstrap.servers", store.bootstrap());
        try (Connection connection = ConnectionFactory.createConnection(configuration);
                Table target = connection.getTable(TablePath.of("depot", table))) {
            UpsertWriter writer = target.newUpsert().createWriter();
            writer.upsert(row);
            writer.flush();
        }
    }

    private static HotTable table(String name) {
        return lookup.table(name).orElseThrow();
    }

    @Test
    void rowHasItsValuesAsJavaHasThem() {
        assertThat(table("parcels").row("7").orElseThrow())
                .containsEntry("id", 7L)
                .containsEntry("seen_at", SEEN)
                .containsEntry("weight", new BigDecimal("3.50"))
                .containsEntry("note", null)
                .hasEntrySatisfying(
                        "tags", tags -> assertThat(tags).isEqualTo(java.util.Arrays.asList("fragile", null)));
        assertThat(table("places").row("A ü,4")).isPresent();
        assertThat(table("parcels").row("8")).isEmpty();
    }

    @Test
    void keysMayBeGivenColumnByColumn() {
        assertThat(table("places").row(Map.of("place", "4", "shelf", "B,1"))).isPresent();
        assertThat(table("places").row(Map.of("place", "1", "shelf", "B"))).isEmpty();
        assertThatThrownBy(() -> table("places").row(Map.of("place", "4")))
                .isInstanceOf(KeyException.class)
                .hasMessage("columns [place] are no key of table depot.places, which is [shelf, place]");
    }

    @Test
    void wrongKeysAreRefusedByNameAndValue() {
        assertThatThrownBy(() -> table("parcels").row("seven"))
                .isInstanceOf(KeyException.class)
                .hasMessage("'seven' is no BIGINT, which depot.parcels.id is");
        assertThatThrownBy(() -> table("places").row("A"))
                .hasMessage("key 'A' of table depot.places: give its columns [shelf, place] in this order, separated by"
                        + " commas");
        assertThatThrownBy(() -> table("scans").row("7"))
                .hasMessage("table depot.scans has no primary key: its rows cannot be looked up");
    }

    @Test
    void keyOfAMegabyteIsAKey() throws Exception {
        String shelf = "s".repeat(1 << 20);
        upsert("places", GenericRow.of(BinaryString.fromString(shelf), 4));
        assertThat(table("places").row(shelf + ",4")).isPresent();
        assertThat(table("places").row(shelf + "s,4")).isEmpty();
        assertThatThrownBy(() -> table("parcels").row("7".repeat(1 << 20)))
                .isInstanceOf(KeyException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void tableThatIsNotThereIsNone() {
        assertThat(lookup.table("parcel")).isEmpty();
        assertThat(lookup.tables()).containsExactlyInAnyOrderElementsOf(List.of("parcels", "places", "scans"));
    }

    @Test
    void storeThatWasAwayIsFoundAgain() throws Exception {
        assertThat(table("parcels").row("7")).isPresent();
        store.kill();
        assertThatThrownBy(() -> table("parcels").row("7")).isInstanceOf(HotStoreException.class);
        store.restart();
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptionsInstanceOf(HotStoreException.class)
                .until(() -> table("parcels").row("7").isPresent());
    }
}
