package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCompilerTest {
    private static final String GROUP = "millrace.shop.cdc.1";
    private static final String GATEWAY = "http://gateway:18091/v1";

    private final App shop = App.load(AppFolder.shop());

    @Test
    void capturedTableBecomesASourceOfEverythingAndAViewOfTheGoodRows() {
        List<String> preparations = compile("cdc").preparations();
        assertThat(preparations).contains("""
                CREATE TABLE `cdc`.`shop`.`products$all` (
                  `product_id` BIGINT,
                  `sku` STRING,
                  `name` STRING,
                  `category` STRING,
                  `price` DECIMAL(10, 2),
                  `active` BOOLEAN,
                  `updated_at` TIMESTAMP_LTZ(6),
                  `_source` MAP<STRING, STRING> METADATA FROM 'value.source.properties' VIRTUAL,
                  `_source_ts` TIMESTAMP_LTZ(3) METADATA FROM 'value.source.timestamp' VIRTUAL,
                  `_error` STRING METADATA FROM 'value.error' VIRTUAL,
                  `_raw` STRING METADATA FROM 'value.raw' VIRTUAL,
                  `_partition` INT METADATA FROM 'partition' VIRTUAL,
                  `_offset` BIGINT METADATA FROM 'offset' VIRTUAL,
                  `_seen_at` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL
                ) WITH ('connector' = 'kafka',
                'topic' = 'shopdb.public.products',
                'properties.bootstrap.servers' = 'log:9092',
                'properties.group.id' = 'millrace.shop.cdc.1',
                'properties.isolation.level' = 'read_committed',
                'properties.auto.offset.reset' = 'earliest',
                'properties.fetch.max.wait.ms' = '2000',
                'scan.startup.mode' = 'group-offsets',
                'format' = 'guarded', 'guarded.by' = 'debezium-json', 'guarded.required' = 'product_id')\
                """);
        assertThat(preparations)
                .contains("CREATE VIEW `cdc`.`shop`.`products` AS SELECT `product_id`, `sku`, `name`, `category`,"
                        + " `price`, `active`, `updated_at`, CAST(`_source`['lsn'] AS BIGINT) AS `_source_lsn`,"
                        + " `_source_ts` FROM `cdc`.`shop`.`products$all` WHERE `_error` IS NULL");
    }

    @Test
    void topicIsReadAsPlainJsonWithoutSourceColumns() {
        String source = compile("page_views").preparations().stream()
                .filter(statement -> statement.startsWith("CREATE TABLE"))
                .findFirst()
                .orElseThrow();
        assertThat(source)
                .startsWith("CREATE TABLE `events`.`shop`.`page_views$all`")
                .contains("'topic' = 'shop.page_views'", "'guarded.by' = 'json', 'guarded.required' = 'view_id'")
                .doesNotContain("_source");
    }

    @Test
    void catalogsComeBeforeWhatUsesThem() {
        assertThat(compile("cdc").preparations())
                .startsWith(
                        "CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = 'file:///it''s/lake')",
                        "CREATE CATALOG cdc WITH ('type' = 'generic_in_memory', 'default-database' = 'shop')");
    }

    @Test
    void insertsAreTheAuthorsThenTheMarkersThenTheDeadLetters() {
        List<String> inserts = compile("cdc").inserts();
        assertThat(inserts).hasSize(8);
        assertThat(inserts.get(0)).isEqualTo("INSERT INTO lake.shop.customers   SELECT * FROM cdc.shop.customers");
        assertThat(inserts.get(6))
                .isEqualTo("INSERT INTO lake.ops.source_markers SELECT 'cdc', 'shopdb', `value`, `written_at`"
                        + " FROM `cdc`.`shop`.`markers of shopdb` WHERE `_error` IS NULL");
        assertThat(inserts.get(7))
                .startsWith("INSERT INTO lake.ops.dead_letters SELECT 'cdc.shop.customers', 'shopdb.public.customers',"
                        + " `_partition`, `_offset`, `_raw`, `_error`, `_seen_at` FROM `cdc`.`shop`.`customers$all`"
                        + " WHERE `_error` IS NOT NULL UNION ALL ")
                .endsWith("SELECT 'millrace.markers', 'shopdb.millrace.markers', `_partition`, `_offset`, `_raw`,"
                        + " `_error`, `_seen_at` FROM `cdc`.`shop`.`markers of shopdb` WHERE `_error` IS NOT NULL");
        assertThat(inserts.get(7).split(" UNION ALL ")).hasSize(7);
    }

    @Test
    void pipelineThatFillsAHotTableFromTheLakeBringsTheMarkersOfWhoFilledThat() {
        assertThat(compile("customer_orders").inserts())
                .hasSize(2)
                .last()
                .isEqualTo(
                        "INSERT INTO hot.ops.source_markers SELECT 'customer_orders', `source`, `value`, `written_at`"
                                + " FROM lake.ops.source_markers /*+ OPTIONS('scan.remove-normalize' = 'true') */"
                                + " WHERE `pipeline` IN ('cdc')");
        assertThat(compile("customer_views").inserts()).noneMatch(insert -> insert.contains("source_markers"));
        MarkerPaths paths = new MarkerPaths(shop);
        assertThat(paths.intoHotStore(shop.source("shopdb")))
                .extracting(Pipeline::name)
                .containsExactly("customer_orders");
        assertThat(paths.intoHotStore(shop.source("ledger"))).isEmpty();
    }

    @Test
    void pipelineThatFillsAHotTableFromADatabaseBringsItsMarkersThere(@TempDir Path root) throws IOException {
        AppFolder folder = AppFolder.in(root);
        folder.write("tables/hot/here.sql", "CREATE TABLE here (id BIGINT, PRIMARY KEY (id) NOT ENFORCED);");
        folder.write("pipelines/here.sql", "INSERT INTO hot.depot.here SELECT id FROM cdc.depot.parcels;");
        App app = folder.load();
        assertThat(new JobCompiler(app, new JobCompiler.Addresses("file:///lake", "log:9092", GATEWAY, "hot:9123"))
                        .compile(app.pipeline("here"), GROUP)
                        .inserts())
                .contains("INSERT INTO hot.ops.source_markers SELECT 'here', 'depotdb', `value`, `written_at`"
                        + " FROM `cdc`.`depot`.`markers of depotdb` WHERE `_error` IS NULL");
    }

    @Test
    void pipelineWithinTheLakeHasNoSourcesAndNoDeadLetters() {
        JobScript script = compile("revenue_by_day");
        assertThat(script.preparations()).hasSize(1);
        assertThat(script.inserts()).singleElement().asString().startsWith("INSERT INTO lake.shop.revenue_by_day");
        assertThat(script.settings()).containsEntry("table.exec.async-state.enabled", "true");
        assertThat(compile("order_lines").settings()).doesNotContainKey("table.exec.async-state.enabled");
    }

    @Test
    void settingsOfTheAppOverrideTheDefaultsButNotTheName(@TempDir Path root) throws IOException {
        AppFolder folder = AppFolder.in(root).write("app.yaml", AppFolder.YAML + """
                settings:
                  execution.checkpointing.interval: 5 s
                  pipeline.name: other
                """);
        App app = folder.load();
        assertThat(new JobCompiler(app, new JobCompiler.Addresses("file:///lake", "log:9092", GATEWAY, "hot:9123"))
                        .compile(app.pipeline("parcels"), GROUP)
                        .settings())
                .containsAllEntriesOf(Map.of(
                        "execution.checkpointing.interval", "5 s",
                        "execution.checkpointing.num-retained", "2",
                        "pipeline.name", "parcels"));
    }

    @Test
    void sinksHaveIdsThatNoParallelismChangesExceptTwoOfOneTable(@TempDir Path root) throws IOException {
        assertThat(compile("revenue_by_day").settings())
                .containsEntry("paimon.lake.shop.revenue_by_day.sink.operator-uid.suffix", "shop")
                .containsEntry("paimon.lake.shop.revenue_by_day.sink.committer-operator-chaining", "false");
        App app = AppFolder.in(root).write("pipelines/parcels.sql", """
                        INSERT INTO lake.depot.parcels SELECT * FROM cdc.depot.parcels WHERE weight > 30;
                        INSERT INTO lake.depot.parcels SELECT * FROM cdc.depot.parcels WHERE weight <= 30;
                        """).load();
        assertThat(new JobCompiler(app, new JobCompiler.Addresses("file:///lake", "log:9092", GATEWAY, "hot:9123"))
                        .compile(app.pipeline("parcels"), GROUP)
                        .settings())
                .containsKey("paimon.lake.ops.dead_letters.sink.operator-uid.suffix")
                .containsKey("paimon.lake.depot.parcels.sink.committer-operator-chaining")
                .doesNotContainKey("paimon.lake.depot.parcels.sink.operator-uid.suffix");
    }

    @Test
    void tablesOfOtherFormatsCanLieBesideTheLakes(@TempDir Path root) throws IOException {
        App app = AppFolder.in(root).write("pipelines/parcels.sql", """
                        CREATE TEMPORARY TABLE copies (parcel_id BIGINT)
                        WITH ('connector' = 'iceberg', 'warehouse' = '${warehouse}/iceberg');
                        INSERT INTO copies SELECT parcel_id FROM cdc.depot.parcels;
                        """).load();
        assertThat(new JobCompiler(app, new JobCompiler.Addresses("file:///it's/lake", "log:9092", GATEWAY, "hot:9123"))
                        .compile(app.pipeline("parcels"), GROUP)
                        .preparations())
                .anySatisfy(statement -> assertThat(statement).contains("'warehouse' = 'file:///it''s/lake/iceberg'"));
    }

    @Test
    void onlyAPipelineThatNamesAHotTableHasTheHotStoresCatalog() {
        String catalog = "CREATE CATALOG hot WITH ('type' = 'fluss', 'bootstrap.servers' = 'hot:9123')";
        assertThat(compile("customer_orders").preparations()).contains(catalog);
        assertThat(compile("customer_views").preparations())
                .contains(catalog)
                .noneMatch(statement -> statement.contains("`hot`"));
        assertThat(compile("cdc").preparations()).doesNotContain(catalog);
    }

    @Test
    void eventThatSeveralPipelinesReadIsOneDeadLetter() {
        assertThat(compile("page_views").inserts()).anyMatch(insert -> insert.contains("dead_letters"));
        assertThat(compile("customer_views").inserts()).noneMatch(insert -> insert.contains("dead_letters"));
    }

    @Test
    void authorsPreparationsComeAfterTheSourcesTheyUse(@TempDir Path root) throws IOException {
        App app = AppFolder.in(root).write("pipelines/parcels.sql", """
                        CREATE TEMPORARY VIEW heavy AS SELECT * FROM cdc.depot.parcels WHERE weight > 30;
                        INSERT INTO lake.depot.parcels SELECT * FROM heavy;
                        """).load();
        List<String> preparations = new JobCompiler(
                        app, new JobCompiler.Addresses("file:///lake", "log:9092", GATEWAY, "hot:9123"))
                .compile(app.pipeline("parcels"), GROUP)
                .preparations();
        assertThat(preparations)
                .containsSubsequence(
                        "CREATE VIEW `cdc`.`depot`.`parcels` AS SELECT `parcel_id`, `weight`,"
                                + " CAST(`_source`['lsn'] AS BIGINT) AS `_source_lsn`, `_source_ts`"
                                + " FROM `cdc`.`depot`.`parcels$all` WHERE `_error` IS NULL",
                        "CREATE TEMPORARY VIEW heavy AS SELECT * FROM cdc.depot.parcels WHERE weight > 30");
    }

    @Test
    void connectorsSecretsAreInNoArgument() {
        assertThat(compile("cdc").arguments())
                .noneMatch(argument -> argument.contains("env:") || argument.contains("PASSWORD"));
        assertThat(shop.databases().get(0).connector()).containsValue("${env:SHOPDB_PASSWORD}");
    }

    @Test
    void argumentsAreSettingsThenRunsThenInserts() {
        JobScript script = new JobScript("j", Map.of("b", "2", "a", "1"), List.of("CREATE"), List.of("INSERT"));
        assertThat(script.with(Map.of("b", "3")).arguments())
                .containsExactly("set", "a", "1", "set", "b", "3", "run", "CREATE", "insert", "INSERT");
    }

    private JobScript compile(String pipeline) {
        return new JobCompiler(shop, new JobCompiler.Addresses("file:///it's/lake", "log:9092", GATEWAY, "hot:9123"))
                .compile(shop.pipeline(pipeline), GROUP);
    }
}
