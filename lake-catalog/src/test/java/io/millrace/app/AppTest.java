package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppTest {
    @TempDir
    Path root;

    AppFolder folder;

    @BeforeEach
    void writeAnAppThatLoads() throws IOException {
        folder = AppFolder.in(root);
    }

    @Test
    void everyPartIsRead() throws IOException {
        folder.write("app.yaml", AppFolder.YAML + "settings: {parallelism.default: 2}\n");
        App app = folder.load();
        assertThat(app.name()).isEqualTo("depot");
        assertThat(app.database()).isEqualTo("depot");
        assertThat(app.secrets()).containsExactly("DEPOTDB_PASSWORD");
        assertThat(app.settings()).containsEntry("parallelism.default", "2").hasSize(1);
        assertThat(app.topics()).containsExactly(new Source.Events("scans", "depot.scans", "json"));
        assertThat(app.databases().get(0).tables())
                .containsExactly(new Source.CapturedTable("parcels", "public", "depotdb.public.parcels"));
        assertThat(app.pipelines()).extracting(Pipeline::name).containsExactly("parcels", "ledger");
        assertThat(app.tables())
                .extracting(TableDefinition::qualifiedName)
                .containsExactly(
                        "depot.parcels",
                        "depot.scans",
                        "ops.dead_letters",
                        "ops.source_markers",
                        "ai.inference_calls",
                        "ai.dead_letters");
    }

    @Test
    void capturedTableSaysWhereAndWhenEachRowChanged() {
        assertThat(folder.load().table("depot", "parcels").orElseThrow().columns())
                .extracting(Column::name)
                .containsExactly("parcel_id", "weight", "_source_lsn", "_source_ts");
        assertThat(folder.load().table("depot", "scans").orElseThrow().columns())
                .extracting(Column::name)
                .containsExactly("scan_id", "parcel_id");
    }

    @Test
    void folderWithoutAppYamlIsNamed() throws IOException {
        folder.delete("app.yaml");
        assertRefused(root + ": no app.yaml there: give the app's folder with --app (apps/shop is an example)");
    }

    @Test
    void unknownKeyNamesTheNearest() throws IOException {
        folder.write("app.yaml", AppFolder.YAML + "secret: []\n");
        assertRefused(folder.path("app.yaml") + ":6: unknown key 'secret' — did you mean 'secrets'?");
    }

    @Test
    void unknownKeyOfASourceNamesItsSource() throws IOException {
        folder.write("app.yaml", "app: depot\nsources:\n  scans:\n    topic: depot.scans\n    fromat: json\n");
        assertRefused(
                folder.path("app.yaml") + ":5: unknown key 'fromat' under sources.scans — did you mean 'format'?");
    }

    @Test
    void missingKeySaysWhatToAdd() throws IOException {
        folder.write("app.yaml", "database: depot\n");
        assertRefused(folder.path("app.yaml") + ":1: key 'app' is missing: add 'app: …'");
    }

    @Test
    void keyThatStandsTwiceIsRefused() throws IOException {
        folder.write("app.yaml", "app: depot\napp: other\n");
        assertRefused(folder.path("app.yaml") + ":2: key 'app' stands twice: keep one");
    }

    @Test
    void brokenYamlNamesTheLine() throws IOException {
        folder.write("app.yaml", "app: depot\nsources: {a: b\n");
        assertThatThrownBy(folder::load)
                .isInstanceOf(AppException.class)
                .hasMessageStartingWith(folder.path("app.yaml") + ":3: not YAML: ");
    }

    @Test
    void emptyYamlIsNamed() throws IOException {
        folder.write("app.yaml", "# nothing yet\n");
        assertRefused(folder.path("app.yaml") + ": the file is empty");
    }

    @Test
    void secretsMustBeAList() throws IOException {
        folder.write("app.yaml", "app: depot\nsecrets: DEPOTDB_PASSWORD\n");
        assertRefused(folder.path("app.yaml") + ":2: 'secrets' must be a list: secrets: [a, b]");
    }

    @Test
    void sourceIsAConnectorOrATopic() throws IOException {
        folder.write("app.yaml", "app: depot\nsources:\n  scans: {format: json}\n");
        assertThatThrownBy(folder::load)
                .hasMessageStartingWith(folder.path("app.yaml")
                        + ":3: source 'scans' is neither a connector nor a topic nor a folder: add"
                        + " 'connector: sources/scans.json'");
    }

    @Test
    void formatOtherThanJsonIsRefused() throws IOException {
        folder.write("app.yaml", "app: depot\nsources:\n  scans: {topic: depot.scans, format: avro}\n");
        assertRefused(folder.path("app.yaml") + ":3: format 'avro' is not known: use json");
    }

    @Test
    void missingConnectorFileIsNamedWhereItIsReferredTo() throws IOException {
        folder.delete("sources/depotdb.json");
        assertThatThrownBy(folder::load)
                .hasMessageStartingWith(folder.path("app.yaml") + ":3: no such file: sources/depotdb.json");
    }

    @Test
    void brokenConnectorNamesTheLine() throws IOException {
        folder.write("sources/depotdb.json", "{\n  \"topic.prefix\": \"depotdb\",\n  oops\n}");
        assertThatThrownBy(folder::load)
                .hasMessageStartingWith(folder.path("sources/depotdb.json") + ":3: not a JSON object of texts: ");
    }

    @Test
    void connectorWithoutValueIsRefused() throws IOException {
        folder.write(
                "sources/depotdb.json",
                "{\"topic.prefix\": \"depotdb\", \"table.include.list\": \"public.parcels\", \"slot.name\": null}");
        assertThatThrownBy(folder::load)
                .isInstanceOf(AppException.class)
                .hasMessageStartingWith(folder.path("sources/depotdb.json") + ": key 'slot.name' has no value");
        folder.write("sources/depotdb.json", "null");
        assertThatThrownBy(folder::load)
                .isInstanceOf(AppException.class)
                .hasMessageStartingWith(folder.path("sources/depotdb.json") + ": not a JSON object of texts");
    }

    @Test
    void connectorWithoutTopicPrefixIsRefused() throws IOException {
        folder.write("sources/depotdb.json", "{\"table.include.list\": \"public.parcels\"}");
        assertThatThrownBy(folder::load)
                .hasMessageStartingWith(folder.path("sources/depotdb.json") + ": key 'topic.prefix' is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.*", "public.order_(a|b)", "public\\\\.parcels", "parcels", "a.public.parcels"})
    void tableIncludeListHoldsNoPatterns(String list) throws IOException {
        folder.write(
                "sources/depotdb.json",
                "{\"topic.prefix\": \"depotdb\", \"table.include.list\": \"public.parcels, " + list + "\"}");
        assertRefused(folder.path("sources/depotdb.json") + ": table.include.list holds '"
                + list.replace("\\\\", "\\") + "': write SCHEMA.TABLE, no patterns,"
                + " for each table gets its own lake table");
    }

    @Test
    void tableThatStandsTwiceNamesBothFiles() throws IOException {
        folder.write("tables/scans_again.sql", "\nCREATE TABLE scans (scan_id STRING);");
        assertRefused(folder.path("tables/scans_again.sql") + ":2: table depot.scans stands in "
                + folder.path("tables/scans.sql") + " already: keep one");
    }

    @Test
    void capturedTableNeedsAPrimaryKey() throws IOException {
        folder.write("tables/parcels.sql", "-- Parcels.\nCREATE TABLE parcels (parcel_id BIGINT);");
        assertRefused(folder.path("tables/parcels.sql")
                + ":2: table depot.parcels is captured from a database and has no primary key:"
                + " add PRIMARY KEY (…) NOT ENFORCED");
    }

    @Test
    void pipelineOnAnUnknownTableNamesTheNearest() throws IOException {
        folder.write("pipelines/parcels.sql", "INSERT INTO lake.depot.parcels\nSELECT * FROM cdc.depot.parcel;");
        assertRefused(folder.path("pipelines/parcels.sql")
                + ":2: table cdc.depot.parcel does not exist — did you mean 'cdc.depot.parcels'?");
    }

    @Test
    void topicIsNotReadAsADatabaseTable() throws IOException {
        folder.write("pipelines/scans.sql", "INSERT INTO lake.depot.scans SELECT * FROM cdc.depot.scans;");
        assertThatThrownBy(folder::load)
                .hasMessageStartingWith(
                        folder.path("pipelines/scans.sql") + ":1: table cdc.depot.scans does not exist");
    }

    @Test
    void tableForIcebergHasNoDeletionVectors() throws IOException {
        folder.write("tables/marked.sql", """
                CREATE TABLE marked (a INT, PRIMARY KEY (a) NOT ENFORCED)
                WITH ('deletion-vectors.enabled' = 'true', 'metadata.iceberg.storage' = 'hadoop-catalog');
                """);
        assertRefused(folder.path("tables/marked.sql")
                + ":1: table depot.marked is marked for Iceberg, which does not know Paimon's deletion vectors:"
                + " remove 'metadata.iceberg.storage' or 'deletion-vectors.enabled'");
    }

    @Test
    void sourceIsNotWritten() throws IOException {
        folder.write("pipelines/parcels.sql", "INSERT INTO cdc.depot.parcels SELECT * FROM lake.depot.parcels;");
        assertRefused(folder.path("pipelines/parcels.sql")
                + ":1: cdc.depot.parcels is a source and cannot be written: insert into lake.depot.…");
    }

    @Test
    void pipelineWithoutInsertIsRefused() throws IOException {
        folder.write("pipelines/idle.sql", "SET 'a' = 'b';");
        assertRefused(
                folder.path("pipelines/idle.sql") + ": no INSERT INTO in it: a pipeline writes at least one table");
    }

    @Test
    void pipelineDeclaresNoTables() throws IOException {
        folder.write("pipelines/own.sql", """
                INSERT INTO lake.depot.scans SELECT * FROM events.depot.scans;
                CREATE TABLE t (a INT);
                """);
        assertRefused(folder.path("pipelines/own.sql")
                + ":2: tables of the lake are declared in tables/: move this CREATE TABLE there,"
                + " or make it CREATE TEMPORARY TABLE if it is another system's");
    }

    @Test
    void problemsOfAllFilesAreReportedTogether() throws IOException {
        folder.write("sources/depotdb.json", "{");
        folder.write("tables/scans.sql", "CREATE TABLE scans (\n  scan_id STRING,,\n);");
        folder.write("pipelines/parcels.sql", "INSERT INTO lake.depot.parcels SELECT 'open;");
        assertThatThrownBy(folder::load).isInstanceOfSatisfying(AppException.class, e -> assertThat(e.problems())
                .extracting(Problem::file)
                .containsExactly(
                        folder.path("sources/depotdb.json"),
                        folder.path("tables/scans.sql"),
                        folder.path("pipelines/parcels.sql")));
    }

    @Test
    void problemsBetweenFilesAreReportedTogether() throws IOException {
        folder.write(
                "pipelines/a.sql", "INSERT INTO lake.depot.parcel SELECT 1;\nINSERT INTO lake.depot.scan SELECT 2;");
        folder.write("pipelines/b.sql", "SET 'a' = 'b';");
        assertThatThrownBy(folder::load).isInstanceOfSatisfying(AppException.class, e -> assertThat(e.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        folder.path("pipelines/a.sql")
                                + ":1: table lake.depot.parcel does not exist"
                                + " — did you mean 'lake.depot.parcels'?",
                        folder.path("pipelines/a.sql")
                                + ":2: table lake.depot.scan does not exist"
                                + " — did you mean 'lake.depot.scans'?",
                        folder.path("pipelines/b.sql")
                                + ": no INSERT INTO in it: a pipeline writes at least one table"));
    }

    @Test
    void unknownPipelineNamesTheNearest() {
        assertThatThrownBy(() -> folder.load().requireJob("parcel"))
                .hasMessageContaining("no job 'parcel' — did you mean 'parcels'?");
    }

    @Test
    void aJoinWithAsynchronousStateIsRefused() throws IOException {
        folder.write("pipelines/parcels.sql", """
                SET 'table.exec.async-state.enabled' = 'true';
                INSERT INTO lake.depot.parcels
                SELECT p.* FROM cdc.depot.parcels AS p
                JOIN lake.depot.parcels AS q ON q.parcel_id = p.parcel_id;
                """);
        assertRefused(folder.path("pipelines/parcels.sql")
                + ":4: a JOIN with asynchronous state gives wrong rows on this Flink:"
                + " set 'table.exec.async-state.enabled' to 'false' here, or join in a pipeline of its own");
    }

    @Test
    void aNameOfAPlatformsJobIsRefused() throws IOException {
        folder.write("pipelines/media_ingest.sql", "INSERT INTO lake.depot.parcels SELECT * FROM cdc.depot.parcels;");
        assertRefused(folder.path("pipelines/media_ingest.sql")
                + ": the platform has a job 'media_ingest' of its own: rename the file");
    }

    @Test
    void aSettingWithoutQuotesNamesItsForm() throws IOException {
        folder.write(
                "pipelines/parcels.sql",
                "SET parallelism.default = 2;\nINSERT INTO lake.depot.parcels SELECT * FROM cdc.depot.parcels;");
        assertRefused(folder.path("pipelines/parcels.sql") + ":1: SET needs quotes: SET 'key' = 'value'");
    }

    @Test
    void hotTablesAreKnownByTheirCatalog() throws IOException {
        folder.write(
                        "tables/hot/last_scan.sql",
                        "CREATE TABLE last_scan (parcel_id BIGINT, PRIMARY KEY (parcel_id) NOT ENFORCED);")
                .write(
                        "pipelines/last_scan.sql",
                        "INSERT INTO hot.depot.last_scans SELECT parcel_id FROM events.depot.scans;");
        assertRefused(folder.path("pipelines/last_scan.sql")
                + ":1: table hot.depot.last_scans does not exist — did you mean 'hot.depot.last_scan'?");
        folder.write(
                "pipelines/last_scan.sql", "INSERT INTO hot.depot.last_scan SELECT parcel_id FROM events.depot.scans;");
        assertThat(folder.load().hotTables())
                .extracting(table -> table.qualifiedName())
                .containsExactly("depot.last_scan");
    }

    @Test
    void hotTableThatIsCarriedIntoTheLakeHasItsNameAlone() throws IOException {
        String columns = "CREATE TABLE parcels (parcel_id BIGINT, PRIMARY KEY (parcel_id) NOT ENFORCED)";
        folder.write("tables/hot/parcels.sql", columns + " WITH ('table.datalake.enabled' = 'true');");
        assertRefused(folder.path("tables/hot/parcels.sql")
                + ":1: table hot.depot.parcels is carried into lake.depot.parcels, which stands in "
                + folder.path("tables/parcels.sql")
                + " already: give it another name, or remove 'table.datalake.enabled'");
        folder.write("tables/hot/parcels.sql", columns + ";");
        assertThat(folder.load().jobNames()).doesNotContain("tiering");
    }

    @Test
    void whatFillsOrReadsAHotTableBeginsAnewWithIt() throws IOException {
        folder.write("tables/hot/a.sql", "CREATE TABLE a (parcel_id BIGINT, PRIMARY KEY (parcel_id) NOT ENFORCED);")
                .write("tables/hot/b.sql", "CREATE TABLE b (parcel_id BIGINT, PRIMARY KEY (parcel_id) NOT ENFORCED);")
                .write("tables/hot/c.sql", "CREATE TABLE c (parcel_id BIGINT, PRIMARY KEY (parcel_id) NOT ENFORCED);")
                .write(
                        "pipelines/both.sql",
                        "INSERT INTO hot.depot.a SELECT parcel_id FROM events.depot.scans;"
                                + "INSERT INTO hot.depot.b SELECT parcel_id FROM events.depot.scans;")
                .write("pipelines/from_b.sql", "INSERT INTO hot.depot.c SELECT parcel_id FROM hot.depot.b;");
        App app = folder.load();
        assertThat(HotRebuild.of(app, "depot.a").tables()).containsExactlyInAnyOrder("depot.a", "depot.b", "depot.c");
        assertThat(HotRebuild.of(app, "depot.a").jobs()).containsExactly("both", "from_b");
        assertThat(HotRebuild.of(app, "depot.c").jobs()).containsExactly("from_b");
    }

    @Test
    void shopLoads() {
        App shop = App.load(AppFolder.shop());
        assertThat(shop.name()).isEqualTo("shop");
        assertThat(shop.pipelines())
                .extracting(Pipeline::name)
                .containsExactly(
                        "attachments",
                        "cdc",
                        "customer_orders",
                        "customer_views",
                        "order_lines",
                        "page_views",
                        "revenue_by_day",
                        "review_sentiment",
                        "views_in_context",
                        "ledger");
        assertThat(shop.databases().get(0).tables())
                .extracting(Source.CapturedTable::name)
                .containsExactly("customers", "products", "orders", "order_items", "tickets", "reviews");
        assertThat(shop.pipeline("cdc").inserts()).hasSize(6);
        assertThat(shop.folders()).containsExactly(new Source.Folder("inbox", "inbox/", Optional.of("seed/inbox/")));
    }

    private void assertRefused(String message) {
        assertThatThrownBy(folder::load).isInstanceOf(AppException.class).hasMessage(message);
    }
}
