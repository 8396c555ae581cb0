package io.millrace.ingestion.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.ReadBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop's pipeline from files and documents to attachments, on the tables as they are declared. */
class AttachmentsPipelineTest {
    private static final String PLATFORM = "../lake-catalog/src/main/resources/platform/tables/media/";

    @TempDir
    Path folder;

    private TableEnvironment batch;
    private JobClient job;

    @BeforeEach
    void startThePipeline() throws Exception {
        batch = environment(EnvironmentSettings.inBatchMode());
        batch.executeSql("CREATE DATABASE lake.media");
        batch.executeSql("CREATE DATABASE lake.shop");
        declare("media", PLATFORM + "files.sql");
        declare("media", PLATFORM + "documents.sql");
        declare("shop", "../apps/shop/tables/attachments.sql");
        TableEnvironment streaming = environment(EnvironmentSettings.inStreamingMode());
        streaming.getConfig().set("execution.checkpointing.interval", "300 ms");
        streaming.getConfig().set("table.exec.sink.upsert-materialize", "NONE");
        List<String> statements = statements("../apps/shop/pipelines/attachments.sql");
        job = streaming
                .executeSql(statements.get(statements.size() - 1))
                .getJobClient()
                .orElseThrow();
    }

    @AfterEach
    void cancelIt() throws Exception {
        job.cancel().get();
    }

    @Test
    void ticketIsTheFolderOrElseWhatTheTextSpeaksOf() throws Exception {
        insert(
                files(Map.of(
                        "tickets/335/IMG_20261117_105631.jpg", "a",
                        "mails/AW ticket 138.eml", "b",
                        "notes/客户来电.txt", "c",
                        "tickets/12/mail.eml!/second.pdf", "d",
                        "notes/none.txt", "e",
                        "notes/not read yet.txt", "f")),
                documents(Map.of(
                        "a", "Order number 105720, ticket #9",
                        "b", "nothing",
                        "c", "Ticket 336：订单105866的包裹",
                        "d", "no number: 1057121, x105712, 205712",
                        "e", "tickets are 12 euros")));
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(attachments())
                .containsExactlyInAnyOrder(
                        "tickets/335/IMG_20261117_105631.jpg 335 105720",
                        "mails/AW ticket 138.eml 138 null",
                        "notes/客户来电.txt 336 105866",
                        "tickets/12/mail.eml!/second.pdf 12 null",
                        "notes/none.txt null null"));
        insert(documents(Map.of("e", "Re: Ticket #44, order 105402.")));
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(attachments()).contains("notes/none.txt 44 105402"));
    }

    private static String files(Map<String, String> files) {
        return "files (source, path, media_id, name, seen_at) VALUES "
                + files.entrySet().stream()
                        .map(file -> "('inbox', '" + file.getKey() + "', '" + file.getValue() + "', '"
                                + Path.of(file.getKey()).getFileName() + "', CURRENT_TIMESTAMP)")
                        .collect(Collectors.joining(", "));
    }

    private static String documents(Map<String, String> documents) {
        return "documents (media_id, status, `text`) VALUES "
                + documents.entrySet().stream()
                        .map(document -> "('" + document.getKey() + "', 'read', '" + document.getValue() + "')")
                        .collect(Collectors.joining(", "));
    }

    private void insert(String... rows) throws Exception {
        StatementSet together = batch.createStatementSet();
        for (String of : rows) {
            together.addInsertSql("INSERT INTO lake.media." + of);
        }
        together.execute().await();
    }

    /** Read by Paimon itself: a job of Flink for each look would take most of the test's time. */
    private List<String> attachments() throws Exception {
        Table table = CatalogFactory.createCatalog(CatalogContext.create(new org.apache.paimon.fs.Path(folder.toUri())))
                .getTable(Identifier.create("shop", "attachments"));
        int[] columns = Stream.of("path", "ticket_id", "order_id")
                .mapToInt(table.rowType()::getFieldIndex)
                .toArray();
        ReadBuilder read = table.newReadBuilder().withProjection(columns);
        List<String> rows = new ArrayList<>();
        read.newRead()
                .createReader(read.newScan().plan())
                .forEachRemaining(row -> rows.add(row.getString(0) + " " + number(row, 1) + " " + number(row, 2)));
        return rows;
    }

    private static @Nullable Long number(InternalRow row, int column) {
        return row.isNullAt(column) ? null : row.getLong(column);
    }

    private TableEnvironment environment(EnvironmentSettings settings) {
        TableEnvironment tables = TableEnvironment.create(settings);
        tables.getConfig().set("parallelism.default", "1");
        tables.executeSql("CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = '" + folder.toUri() + "')");
        return tables;
    }

    private void declare(String database, String file) throws IOException {
        batch.executeSql(
                statements(file).get(0).replaceFirst("CREATE TABLE (\\w+)", "CREATE TABLE lake." + database + ".$1"));
    }

    private static List<String> statements(String file) throws IOException {
        return List.of(
                Files.readString(Path.of(file)).replaceAll("--.*", "").strip().split(";"));
    }
}
