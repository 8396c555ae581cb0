package io.millrace.ingestion.doris;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop's pipelines into Doris, planned by Flink over the tables they read. */
class ShopPipelineTest {
    @TempDir
    Path folder;

    @Test
    void pipelineFitsTheResultsOfTheAgent() throws Exception {
        String warehouse = folder.toUri().toString();
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("table.exec.sink.upsert-materialize", "NONE");
        tables.executeSql("CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = '" + warehouse + "')");
        tables.executeSql("CREATE DATABASE lake.shop");
        tables.executeSql("""
                CREATE TABLE lake.shop.ticket_triage (
                  ticket_id BIGINT, sentiment STRING, topic STRING, order_id BIGINT, order_status STRING, priority INT,
                  reply STRING, _input_version BIGINT, _input_hash STRING, _model STRING, _prompts STRING, _calls STRING,
                  _steps STRING, _tokens INT, _millis BIGINT, _finished_at TIMESTAMP_LTZ(3),
                  PRIMARY KEY (ticket_id) NOT ENFORCED
                ) WITH ('bucket' = '1', 'deletion-vectors.enabled' = 'true')
                """);
        Path file = Path.of("../apps/shop/doris/pipelines/ticket_triage.sql");
        String[] statements = Files.readString(file).replaceAll("--.*", "").split(";");
        tables.executeSql(
                statements[1].replace("'connector'", "'dead-letters.warehouse' = '" + warehouse + "', 'connector'"));
        assertThat(tables.explainSql(statements[2].strip()))
                .contains("Sink(table=[default_catalog.default_database.triage]")
                .contains("ChangelogNormalize(key=[ticket_id])");
    }

    @Test
    void pipelineOfChunksOnlyAddsRowsAndFillsInMissingVectors() throws Exception {
        String warehouse = folder.toUri().toString();
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.executeSql("CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = '" + warehouse + "')");
        tables.executeSql("CREATE DATABASE lake.ai");
        try (InputStream in = getClass().getResourceAsStream("/platform/tables/ai/chunks.sql")) {
            tables.executeSql(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("CREATE TABLE ", "CREATE TABLE lake.ai.")
                    .replaceFirst(";\\s*$", ""));
        }
        Path file = Path.of("../apps/shop/doris/pipelines/chunks.sql");
        String[] statements = Files.readString(file).replaceAll("--.*", "").split(";");
        tables.executeSql(
                statements[1].replace("'connector'", "'dead-letters.warehouse' = '" + warehouse + "', 'connector'"));
        assertThat(tables.explainSql(statements[2].strip()))
                .contains("Sink(table=[default_catalog.default_database.chunks]")
                .contains("COALESCE(embedding,")
                .doesNotContain("ChangelogNormalize");
        String zeros = statements[2].replaceAll("(?s).*COALESCE\\(embedding, (.*)\\)\\s*FROM.*", "$1");
        try (CloseableIterator<Row> row = tables.executeSql(
                        "SELECT CARDINALITY(z), z[1], z[384] FROM (VALUES " + zeros + ") AS v(z)")
                .collect()) {
            assertThat(row.next()).isEqualTo(Row.of(384, 0f, 0f));
        }
    }
}
