package io.millrace.ingestion.doris;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop's pipeline into Doris, planned by Flink over the agent's result table. */
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
}
