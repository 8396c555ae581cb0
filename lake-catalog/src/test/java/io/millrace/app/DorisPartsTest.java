package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.doris.DorisFile;
import io.millrace.app.doris.DorisParts;
import io.millrace.app.doris.DorisStatement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DorisPartsTest {
    private static final String TRIAGE = """
            CREATE TEMPORARY TABLE weights (parcel_id BIGINT, PRIMARY KEY (parcel_id) NOT ENFORCED)
            WITH ('connector' = 'millrace-doris', 'table' = 'depot.weights');
            INSERT INTO weights SELECT parcel_id FROM lake.depot.parcels;
            """;

    @TempDir
    Path root;

    AppFolder folder;

    @BeforeEach
    void writeAnAppThatLoads() throws IOException {
        folder = AppFolder.in(root);
    }

    @Test
    void filesAreReadInTheOrderOfTheirNamesWithTheLinesOfTheirStatements() throws IOException {
        folder.write("doris/20_views.sql", "-- Views.\nCREATE VIEW depot.v AS SELECT 1;\n")
                .write("doris/10_tables.sql", "CREATE DATABASE depot;\n\nGRANT SELECT_PRIV ON lake.*.* TO 'u'@'%';");
        List<DorisStatement> statements = folder.load().doris().statements();
        assertThat(statements)
                .extracting(DorisStatement::toString)
                .containsExactly(
                        folder.path("doris/10_tables.sql") + ":1: CREATE DATABASE depot",
                        folder.path("doris/10_tables.sql") + ":3: GRANT SELECT_PRIV ON lake.",
                        folder.path("doris/20_views.sql") + ":2: CREATE VIEW depot.v AS SELECT");
    }

    @Test
    void placeholdersAreFilledAndNeverShown() throws IOException {
        folder.write(
                "doris/10_user.sql",
                "CREATE USER '${env:MILLRACE_SQL_USER}'@'%' IDENTIFIED BY '${env:DEPOTDB_PASSWORD}';");
        DorisStatement statement = folder.load().doris().statements().get(0);
        assertThat(statement.variables()).containsExactly("MILLRACE_SQL_USER", "DEPOTDB_PASSWORD");
        assertThat(statement.filled(Map.of("MILLRACE_SQL_USER", "reader", "DEPOTDB_PASSWORD", "it's\\$1")))
                .isEqualTo("CREATE USER 'reader'@'%' IDENTIFIED BY 'it''s\\\\$1'");
        assertThatThrownBy(() -> statement.filled(Map.of("MILLRACE_SQL_USER", "reader")))
                .isInstanceOf(AppException.class)
                .hasMessage(folder.path("doris/10_user.sql")
                        + ":1: environment variable DEPOTDB_PASSWORD is not set: Doris needs it here");
        assertThat(statement).asString().endsWith(":1: CREATE USER");
    }

    @Test
    void unknownPlaceholderNamesTheNearest() throws IOException {
        folder.write(
                "doris/10_lake.sql",
                "CREATE CATALOG lake PROPERTIES (\n'a' = '${env:MILLRACE_WAREHOUS}',\n'b' = '${gateway}'\n);");
        assertRefused(
                folder.path("doris/10_lake.sql")
                        + ":2: unknown placeholder '${env:MILLRACE_WAREHOUS}': use a variable of the platform, or list"
                        + " MILLRACE_WAREHOUS under secrets in app.yaml — did you mean 'MILLRACE_WAREHOUSE'?",
                folder.path("doris/10_lake.sql") + ":3: unknown placeholder '${gateway}': write '${env:NAME}'");
    }

    @Test
    void placeholderOutsideATextIsRefused() throws IOException {
        folder.write("doris/10_user.sql", "CREATE USER u IDENTIFIED BY ${env:MILLRACE_SQL_PASSWORD};");
        assertRefused(folder.path("doris/10_user.sql")
                + ":1: a placeholder stands in a text: write '${env:NAME}' with its quotes");
    }

    @Test
    void fileThatCannotBeSplitOrHasNoTurnIsNamed() throws IOException {
        folder.write("doris/10_a.sql", "CREATE DATABASE a;\nSELECT 'open").write("doris/views.sql", "-- none\n");
        assertRefused(
                folder.path("doris/10_a.sql") + ":2: quote ' opened here is never closed",
                folder.path("doris/views.sql")
                        + ": its name says when its turn is: call it NN_NAME.sql, like 20_tables.sql",
                folder.path("doris/views.sql") + ": no statement in it: write one, or remove the file");
    }

    @Test
    void tableThatIsNotInTheLakeIsNamed() throws IOException {
        folder.write("doris/10_views.sql", "CREATE VIEW v AS\nSELECT * FROM lake.depot.parcel;");
        assertRefused(folder.path("doris/10_views.sql")
                + ":2: table lake.depot.parcel does not exist — did you mean 'lake.depot.parcels'?");
    }

    @Test
    void columnThatDorisCannotReadIsRefusedWhereDorisReadsTheTable() throws IOException {
        folder.write("tables/photos.sql", """
                        CREATE TABLE photos (
                          photo_id BIGINT,
                          image BYTES,
                          vector ARRAY<FLOAT>,
                          thumbnail BYTES COMMENT '__BLOB_FIELD'
                        ) WITH ('bucket' = '-1', 'blob-field' = 'other, image', 'vector-field' = 'vector');
                        """);
        assertThat(folder.load().tables()).isNotEmpty();
        folder.write("doris/10_views.sql", "-- Photos.\nCREATE VIEW v AS SELECT photo_id FROM lake.depot.photos;");
        String reader = folder.path("doris/10_views.sql") + ":2";
        assertRefused(
                problem(3, "image is a BLOB", reader) + "move it to a companion table with the same key",
                problem(4, "vector is a VECTOR", reader) + "make it ARRAY<FLOAT> and remove the option",
                problem(5, "thumbnail is a BLOB", reader) + "move it to a companion table with the same key");
    }

    @Test
    void endpointsTablesAreReadByDorisToo() throws IOException {
        folder.write(
                        "tables/photos.sql",
                        "CREATE TABLE photos (photo_id BIGINT, image BYTES) WITH ('blob-field' = 'image');")
                .write(
                        "endpoints/photos.sql",
                        "-- GET /v1/photos\n-- Photos.\nSELECT photo_id FROM lake.depot.photos;");
        assertRefused(problem(1, "image is a BLOB", folder.path("endpoints/photos.sql") + ":3")
                + "move it to a companion table with the same key");
    }

    private String problem(int line, String what, String reader) {
        return folder.path("tables/photos.sql") + ":" + line + ": column " + what
                + ", and Doris, which reads depot.photos in " + reader + ", can read no table with one: ";
    }

    @Test
    void pipelinesOfDorisAreJobsOnlyWhereDorisIs() throws IOException {
        App app = folder.write("doris/pipelines/parcels.sql", TRIAGE).load();
        assertThat(app.jobNames()).containsExactly("parcels", "ledger");
        assertThat(app.dorisPipelines()).extracting(Pipeline::name).containsExactly("doris_parcels");
        assertThat(app.withDorisPipelines().jobNames()).containsExactly("parcels", "ledger", "doris_parcels");
    }

    @Test
    void pipelinesOfDorisAreCheckedLikeOthers() throws IOException {
        folder.write("doris/pipelines/parcels.sql", TRIAGE.replace("lake.depot.parcels", "lake.depot.parcel"));
        assertRefused(folder.path("doris/pipelines/parcels.sql")
                + ":3: table lake.depot.parcel does not exist — did you mean 'lake.depot.parcels'?");
    }

    @Test
    void compiledTableKnowsTheLakeOfItsDeadLetters() throws IOException {
        App app = folder.write("doris/pipelines/parcels.sql", TRIAGE).load();
        JobScript script = new JobCompiler(
                        app, new JobCompiler.Addresses("s3://it's/lake", "log:9092", "http://gateway/v1", "hot:9123"))
                .compile(app.dorisPipelines().get(0), "group");
        assertThat(script.preparations())
                .contains("CREATE TEMPORARY TABLE weights (parcel_id BIGINT, PRIMARY KEY (parcel_id) NOT ENFORCED)\n"
                        + "WITH ('connector' = 'millrace-doris', 'table' = 'depot.weights',"
                        + " 'dead-letters.warehouse' = 's3://it''s/lake')");
    }

    @Test
    void shopGivesDorisItsLakeTablesViewsAndReader() {
        App shop = App.load(AppFolder.shop());
        assertThat(shop.doris().files())
                .extracting(DorisFile::file)
                .extracting(file -> file.substring(file.lastIndexOf('/') + 1))
                .containsExactly(
                        "10_lake.sql",
                        "20_tables.sql",
                        "30_views.sql",
                        "40_revenue_by_category.sql",
                        "50_ai.sql",
                        "60_reader.sql");
        assertThat(shop.dorisPipelines())
                .extracting(Pipeline::name)
                .containsExactly("doris_chunks", "doris_ticket_triage");
        assertThat(shop.doris().statements().stream()
                        .flatMap(statement -> statement.variables().stream())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(DorisParts.VARIABLES);
    }

    private void assertRefused(String... problems) {
        assertThatThrownBy(() -> folder.load())
                .isInstanceOf(AppException.class)
                .hasMessage(String.join("\n", problems));
    }
}
