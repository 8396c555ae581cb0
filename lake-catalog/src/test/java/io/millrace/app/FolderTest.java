package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.media.IngestJobSpec;
import io.millrace.app.media.WatchedFolder;
import io.millrace.app.table.TableDefinition;
import io.millrace.lake.Lake;
import io.millrace.lake.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderTest {
    private static final String YAML = """
            app: depot
            sources:
              depotdb: {connector: sources/depotdb.json}
              scans:   {topic: depot.scans}
              inbox:   {folder: inbox}
            secrets: [DEPOTDB_PASSWORD]
            """;

    @TempDir
    Path root;

    private AppFolder folder;

    @BeforeEach
    void writeAnAppWithAFolder() throws IOException {
        folder = AppFolder.in(root.resolve("app")).write("app.yaml", YAML);
    }

    @Test
    void anAppWithAFolderHasTheMediaTables() throws Exception {
        App app = folder.load();
        assertThat(app.folders()).containsExactly(new Source.Folder("inbox", "inbox/"));
        assertThat(app.tables())
                .filteredOn(table -> table.database().equals("media"))
                .extracting(TableDefinition::name)
                .containsExactly("contents", "files", "documents", "thumbnails");
        Warehouse warehouse = Warehouse.local(root.resolve("lake").toUri().toString());
        try (Lake lake = Lake.open(warehouse)) {
            assertThat(lake.ensure(app.tables())).contains("created lake.media.contents");
            assertThat(lake.ensure(app.tables())).as("a second time").isEmpty();
        }
    }

    @Test
    void anAppWithoutAFolderHasNone() throws IOException {
        folder.write("app.yaml", AppFolder.YAML);
        assertThat(folder.load().tables()).extracting(TableDefinition::database).doesNotContain("media");
    }

    @Test
    void foldersAreResolvedForTheJob() throws IOException {
        folder.write(
                "app.yaml",
                YAML.replace("{folder: inbox}", "{folder: in box/ä}\n  post:    {folder: 's3a://b/post/'}"));
        String json = new IngestCompiler(folder.load(), "file:///data/lake", "file:///data/").compile();
        IngestJobSpec spec = new ObjectMapper().readValue(json, IngestJobSpec.class);
        assertThat(spec.folders())
                .containsExactly(
                        new WatchedFolder("inbox", "file:///data/in%20box/ä/"),
                        new WatchedFolder("post", "s3a://b/post/"));
        assertThat(spec.warehouse()).isEqualTo("file:///data/lake");
        assertThat(spec.staging()).isEqualTo("file:///data/lake/staging/media/");
        assertThat(spec.maxBytes()).isEqualTo(524_288_000);
        assertThat(spec.settings()).containsEntry("pipeline.name", "media_ingest");
    }

    @Test
    void aNameThatIsNoPartOfAPathIsRefused() throws IOException {
        folder.write("app.yaml", YAML.replace("inbox:   {", "in/box:  {"));
        assertThatThrownBy(folder::load)
                .hasMessage(
                        folder.path("app.yaml")
                                + ":5: source 'in/box' is a folder and its name is part of paths: use letters, digits, - and _");
    }

    @Test
    void contentsAreNotForDoris() throws IOException {
        folder.write("doris/10_views.sql", "CREATE VIEW v AS SELECT media_id FROM lake.media.contents;");
        assertThatThrownBy(folder::load)
                .hasMessageContaining("/platform/tables/media/contents.sql:5: column content is a BLOB, and Doris");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inbox/../..|:5: folder 'inbox/../..' holds '..': name a folder inside the data folder",
                "file:///srv/../x|:5: folder 'file:///srv/../x' holds '..'",
                "/srv/inbox|:5: folder '/srv/inbox' is a path of a machine: write file:///srv/inbox",
                "ftp://host/inbox|:5: folder 'ftp://host/inbox' is on no store that is known: use file:///, s3:// or s3a://",
                "'file:///srv/in box'|:5: folder 'file:///srv/in box' is no URI: Illegal character in path",
                "''|:5: folder of source 'inbox' is empty: write 'folder: inbox/'",
                "inbox, topic: x|:5: unknown key 'topic' under sources.inbox",
                "inbox, foldr: x|:5: unknown key 'foldr' under sources.inbox — did you mean 'folder'?"
            })
    void aFolderThatCannotBeIsRefused(String given, String message) throws IOException {
        folder.write("app.yaml", YAML.replace("folder: inbox}", "folder: " + given + "}"));
        assertThatThrownBy(folder::load)
                .isInstanceOf(AppException.class)
                .hasMessageStartingWith(folder.path("app.yaml") + message);
    }
}
