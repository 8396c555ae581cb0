package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.search.EmbeddingJobSpec;
import io.millrace.app.search.SearchIndex;
import io.millrace.app.table.TableDefinition;
import io.millrace.lake.Lake;
import io.millrace.lake.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
    @TempDir
    Path root;

    AppFolder folder;

    @BeforeEach
    void writeAnAppThatLoads() throws IOException {
        folder = AppFolder.in(root).write("tables/letters.sql", """
                CREATE TABLE letters (
                  letter_id BIGINT, box STRING, subject STRING, body STRING, tags ARRAY<STRING>, q STRING, weight INT,
                  PRIMARY KEY (box, letter_id) NOT ENFORCED
                ) WITH ('changelog-producer' = 'lookup');
                """);
    }

    private void search(String section) throws IOException {
        folder.write("app.yaml", AppFolder.YAML + "search:\n" + section.indent(2));
    }

    @Test
    void sectionIsReadAndBringsItsTable() throws IOException {
        search(
                "letters: {table: lake.depot.letters, key: letter_id, title: subject, text: body, filters: [box, weight]}");
        App app = folder.load();
        assertThat(app.search())
                .containsExactly(new SearchIndex(
                        "letters", "depot.letters", "letter_id", "subject", List.of("body"), List.of("box", "weight")))
                .isEqualTo(App.search(root));
        assertThat(app.tables()).extracting(TableDefinition::qualifiedName).contains(SearchIndex.CHUNKS);
    }

    @Test
    void appWithoutSectionHasNoTableOfChunks() throws IOException {
        App app = folder.load();
        assertThat(app.search()).isEmpty();
        assertThat(app.table("ai", "chunks")).isEmpty();
        assertThat(App.search(root)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "table: lake.depot.leters, key: letter_id, title: subject, text: body"
                        + "| table lake.depot.leters does not exist — did you mean 'lake.depot.letters'?",
                "table: depot.letters, key: letter_id, title: subject, text: body"
                        + "| table 'depot.letters' is no table of the lake: write lake.DATABASE.TABLE",
                "table: lake.depot.parcels, key: parcel_id, title: subject, text: body"
                        + "| table lake.depot.parcels has no changelog, which tells what to index anew: add",
                "table: lake.depot.letters, key: leter_id, title: subject, text: body"
                        + "| key names 'leter_id', no column of lake.depot.letters — did you mean 'letter_id'?",
                "table: lake.depot.letters, key: weight, title: subject, text: body"
                        + "| key 'weight' is not in the primary key of lake.depot.letters, which is [box, letter_id]",
                "table: lake.depot.letters, key: letter_id, title: weight, text: body"
                        + "| title 'weight' is INTEGER: name a STRING column, or make it a filter",
                "table: lake.depot.letters, key: letter_id, title: subject, text: [body, tags]"
                        + "| text 'tags' is ARRAY< STRING >: name a STRING column",
                "table: lake.depot.letters, key: letter_id, title: subject, text: [bdy]"
                        + "| text names 'bdy', no column of lake.depot.letters — did you mean 'body'?",
                "table: lake.depot.letters, key: letter_id, title: subject, text: []"
                        + "| search index 'letters' has no text: name what is searched, text: [body]",
                "table: lake.depot.letters, key: letter_id, title: subject, text: body, filters: [tags]"
                        + "| filter 'tags' is ARRAY< STRING >: filters compare one value",
                "table: lake.depot.letters, key: letter_id, title: subject, text: body, filters: [q]"
                        + "| filter 'q' would hide the parameter of that name (q, in, mode, limit)",
                "table: lake.depot.letters, key: letter_id, title: subject, txt: body"
                        + "| unknown key 'txt' under search.letters — did you mean 'text'?",
            })
    void whatIsWrongNamesItsLineAndTheFix(String index, String message) throws IOException {
        search("letters:\n" + index.replaceAll(", (?=\\w+:)", "\n").indent(2));
        assertThatThrownBy(folder::load)
                .isInstanceOf(AppException.class)
                .hasMessageContaining(folder.path("app.yaml") + ":")
                .hasMessageContaining(message)
                .hasMessageMatching("(?s).*app\\.yaml:([7-9]|1[0-9]): .*");
    }

    @Test
    void jobIsHandedWhatItNeeds() throws Exception {
        App shop = App.load(AppFolder.shop());
        EmbeddingCompiler compiler = new EmbeddingCompiler(shop, "s3://lake/", "http://gateway/v1");
        EmbeddingJobSpec spec = new ObjectMapper().readValue(compiler.compile(), EmbeddingJobSpec.class);
        assertThat(spec.indexes()).isEqualTo(shop.search()).isNotEmpty();
        assertThat(spec.model()).isEqualTo("all-minilm-l6-v2");
        assertThat(spec.settings()).containsEntry("pipeline.name", "search_chunks");
        assertThat(spec.warehouse()).isEqualTo("s3://lake/");
        assertThat(compiler.compile()).isEqualTo(compiler.compile());
    }

    @Test
    void lakeTakesTheTableOfChunks() throws Exception {
        App shop = App.load(AppFolder.shop());
        try (Lake lake = Lake.open(Warehouse.local(root.resolve("lake").toUri().toString()))) {
            assertThat(lake.ensure(List.of(shop.table("ai", "chunks").orElseThrow())))
                    .containsExactly("created lake.ai.chunks");
        }
    }
}
