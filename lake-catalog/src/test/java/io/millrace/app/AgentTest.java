package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.agent.Agent;
import io.millrace.app.agent.Fill;
import io.millrace.app.agent.HotReference;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.agent.ResultColumns;
import io.millrace.app.agent.Tool;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTest {
    private static final String YAML = """
            agent: sorter
            trigger:
              table: lake.depot.parcels
              update: [label]
              delete: retract
              backlog: {newest: 5, per_minute: 2}
            key: parcel_id
            input: [label]
            prompt: prompts/tools.v1.md
            tools:
              - sql: tools/last_scan.sql
            memory: {by: label, keep: 3, remember: [size]}
            output:
              table: lake.depot.sorted
              columns:
                size: {type: STRING, one_of: [small, large], prompt: prompts/size.v1.md}
                bay: {type: INT, min: 1, max: 9, rules: [{when: {size: large}, then: 9}, {then: 1}]}
            """;

    private static final String ALSO = YAML.replace(
            "  update: [label]\n",
            "  update: [label]\n  also: {table: lake.depot.photos, key: parcel_id, text: [name, seen]}\n");

    private static final String PHOTOS = "CREATE TABLE photos (name STRING, parcel_id BIGINT, seen STRING, pages INT,"
            + " PRIMARY KEY (name) NOT ENFORCED) WITH ('changelog-producer' = 'lookup');";

    private static final String HOT = YAML.replace("memory:", "  - lookup: movements\nmemory:")
            .replace("  table: lake.depot.sorted\n", "  table: lake.depot.sorted\n  hot: sorted_now\n")
            .concat("    moved: {type: BIGINT, optional: true, from: movements.times}\n");

    private static final String MOVEMENTS =
            "CREATE TABLE movements (parcel_id BIGINT, times BIGINT, PRIMARY KEY (parcel_id) NOT ENFORCED);";

    @TempDir
    Path root;

    private AppFolder folder;

    @BeforeEach
    void writeTheFolder() throws IOException {
        folder = AppFolder.in(root)
                .write("tables/parcels.sql", """
                        CREATE TABLE parcels (
                          parcel_id BIGINT,
                          label STRING,
                          weight DOUBLE,
                          PRIMARY KEY (parcel_id) NOT ENFORCED
                        ) WITH ('bucket' = '1', 'changelog-producer' = 'lookup');
                        """)
                .write("agents/sorter/agent.yaml", YAML)
                .write("agents/sorter/prompts/tools.v1.md", "Look up what you need.\n{label}")
                .write("agents/sorter/prompts/size.v1.md", "--- system\nBe brief.\n--- user\n{label} {facts}")
                .write("agents/sorter/tools/last_scan.sql", """
                        -- When the parcel was last seen.
                        -- param shelf BIGINT   the shelf
                        -- bind parcel_id
                        SELECT weight FROM lake.depot.parcels WHERE parcel_id = :parcel_id AND weight > :shelf;
                        """);
    }

    @Test
    void everyPartIsRead() throws IOException {
        Agent agent = folder.load().agents().get(0);
        assertThat(agent.trigger())
                .isEqualTo(new Agent.Trigger("depot.parcels", List.of("label"), true, new Agent.Backlog(5, 2)));
        assertThat(agent.tools())
                .containsExactly(new Tool(
                        "last_scan",
                        "When the parcel was last seen.",
                        "SELECT weight FROM lake.depot.parcels WHERE parcel_id = ? AND weight > ?",
                        List.of("parcel_id", "shelf"),
                        List.of(
                                new Tool.Argument("shelf", "BIGINT", null, "the shelf", false),
                                new Tool.Argument("parcel_id", "", null, "", true))));
        assertThat(agent.tools().get(0).open()).extracting(Tool.Argument::name).containsExactly("shelf");
        assertThat(agent.output().columns()).extracting(OutputColumn::name).containsExactly("size", "bay");
        assertThat(agent.output().columns().get(1).fill()).isInstanceOf(Fill.Ruled.class);
    }

    @Test
    void resultTablesFollowFromTheColumns() throws IOException {
        App app = folder.load();
        assertThat(app.table("depot", "sorted").orElseThrow().columns())
                .extracting(Column::name)
                .startsWith("parcel_id", "size", "bay", "_input_version")
                .hasSize(3 + ResultColumns.PROVENANCE.size());
        assertThat(app.table("depot", "sorted_history").orElseThrow().primaryKey())
                .containsExactly("parcel_id", "_input_version");
    }

    @Test
    void specIsTheSameTextForTheSameFilesAndHoldsNoSecret() throws IOException {
        App app = folder.load();
        AgentCompiler compiler = new AgentCompiler(
                app, "file:///lake", "jdbc:mysql://sql:9030/", "millrace", "http://gateway/v1", "hot");
        String spec = compiler.compile(app.agents().get(0));
        assertThat(spec)
                .isEqualTo(compiler.compile(folder.load().agents().get(0)))
                .contains("\"sqlPasswordVariable\":\"MILLRACE_SQL_PASSWORD\"")
                .contains("\"state.backend.forst.sync.enforce-local\":\"false\"");
    }

    @Test
    void anUnknownKeyNamesTheNearest() {
        assertRefused(
                YAML.replace("  columns:", "  colums:"),
                "agent.yaml:15: unknown key 'colums' under output — did you mean 'columns'?");
    }

    @Test
    void aTriggerThatIsNotCapturedIsRefused() {
        assertRefused(YAML.replace("lake.depot.parcels", "lake.ops.dead_letters"), "is not captured from a database");
    }

    @Test
    void aColumnNeedsOneSource() {
        assertRefused(YAML.replace(", prompt: prompts/size.v1.md", ""), "agent.yaml:16: column 'size' has no source");
    }

    @Test
    void aMissingPromptNamesItsFile() {
        assertRefused(YAML.replace("size.v1", "size.v2"), "no such file", "agents/sorter/prompts/size.v2.md");
    }

    @Test
    void aPlaceholderThatStandsForNothingIsRefused() throws IOException {
        folder.write("agents/sorter/prompts/size.v1.md", "{lable}");
        assertRefused(YAML, "prompts/size.v1.md", "{lable} stands for nothing — did you mean 'label'?");
    }

    @Test
    void aRuleOverAnUnknownColumnIsRefused() {
        assertRefused(YAML.replace("{size: large}", "{sise: large}"), "asks for 'sise' — did you mean 'size'?");
    }

    @Test
    void anUnknownModelIsRefused() {
        assertRefused(YAML + "model: chatt\n", "model 'chatt' is not known — did you mean 'chat'?");
    }

    @Test
    void aToolOverAMissingTableIsRefused() throws IOException {
        folder.write("agents/sorter/tools/last_scan.sql", """
                -- When it was seen.
                -- param shelf BIGINT   the shelf
                SELECT 1 FROM lake.depot.parcel WHERE weight > :shelf;
                """);
        assertRefused(
                YAML, "tool last_scan: table lake.depot.parcel does not exist — did you mean 'lake.depot.parcels'?");
    }

    @Test
    void aToolParameterWithoutTypeIsRefused() throws IOException {
        folder.write("agents/sorter/tools/last_scan.sql", """
                -- When it was seen.
                -- param shelf NUMBER   the shelf
                SELECT 1 FROM lake.depot.parcels WHERE weight > :shelf;
                """);
        assertRefused(YAML, "tools/last_scan.sql:2: parameter 'shelf' has the unknown type 'NUMBER'");
    }

    @Test
    void aToolParameterMayLookLikeSomething() throws IOException {
        String tool = """
                -- When it was seen.
                -- param shelf BIGINT like '%s'   the shelf
                SELECT 1 FROM lake.depot.parcels WHERE weight > :shelf;
                """;
        folder.write("agents/sorter/tools/last_scan.sql", tool.formatted("4\\d"));
        assertThat(folder.load().agents().get(0).tools().get(0).open())
                .containsExactly(new Tool.Argument("shelf", "BIGINT", "4\\d", "the shelf", false));
        folder.write("agents/sorter/tools/last_scan.sql", tool.formatted("4[d"));
        assertRefused(
                YAML,
                "tools/last_scan.sql:2: parameter 'shelf': like '4[d' is no regular expression: Unclosed character class");
    }

    @Test
    void anotherTablesRowsMayCountToo() throws IOException {
        folder.write("agents/sorter/prompts/size.v1.md", "{label} {attachments}");
        Agent agent = folder.write("tables/photos.sql", PHOTOS)
                .write("agents/sorter/agent.yaml", ALSO)
                .load()
                .agents()
                .get(0);
        assertThat(agent.trigger().also())
                .isEqualTo(new Agent.Also("depot.photos", "parcel_id", List.of("name", "seen")));
        assertThat(agent.reads()).containsExactly("label", "attachments");
    }

    @Test
    void theJobOfAnAgentWithoutOtherTablesIsAsItWas() {
        assertThat(new AgentCompiler(folder.load(), "file:/lake", "jdbc", "me", "http://gateway", "hot")
                        .compile(folder.load().agents().get(0)))
                .contains("\"trigger\":{")
                .doesNotContain("also");
    }

    @Test
    void otherTablesAreChecked() throws IOException {
        folder.write("tables/photos.sql", PHOTOS);
        assertRefused(ALSO.replace("lake.depot.photos", "lake.depot.photo"), "did you mean 'lake.depot.photos'?");
        assertRefused(ALSO.replace("key: parcel_id, t", "key: parcl_id, t"), "did you mean 'parcel_id'?");
        assertRefused(ALSO.replace("[name, seen]", "[name, sen]"), "did you mean 'seen'?");
        assertRefused(ALSO.replace("[name, seen]", "[]"), "text is missing under also");
        assertRefused(ALSO.replace("[name, seen]", "[pages]"), "also.text 'pages' is INTEGER: name STRING columns");
        assertRefused(
                ALSO.replace("key: parcel_id, t", "key: pages, t"),
                "also.key 'pages' is INTEGER, the agent's key 'parcel_id' is BIGINT");
        assertRefused(ALSO.replace("also: {", "also: {colour: x, "), "unknown key 'colour'");
        folder.write("tables/photos.sql", PHOTOS.replace(", PRIMARY KEY (name) NOT ENFORCED", ""));
        assertRefused(ALSO, "also.table lake.depot.photos has no primary key");
        folder.write("tables/photos.sql", PHOTOS.replace("'changelog-producer' = 'lookup'", "'bucket' = '1'"));
        assertRefused(ALSO, "also.table lake.depot.photos has no changelog");
    }

    @Test
    void whatOtherTablesSayIsThereOnlyWhenTheyAreNamed() throws IOException {
        folder.write("agents/sorter/prompts/size.v1.md", "{label} {attachments}");
        assertRefused(YAML, "{attachments} stands for nothing");
    }

    @Test
    void aToolMayBeALookupOfAHotTable() throws IOException {
        App app = folder.write("tables/hot/movements.sql", MOVEMENTS)
                .write("agents/sorter/agent.yaml", HOT)
                .load();
        Agent agent = app.agents().get(0);
        assertThat(agent.tools()).extracting(Tool::name).containsExactly("last_scan");
        assertThat(agent.lookups()).containsExactly(new HotReference("depot.movements", 12));
        assertThat(new AgentCompiler(app, "file:/lake", "jdbc", "me", "http://gateway", "hot-store:9123")
                        .compile(agent))
                .contains("\"lookups\":[{\"table\":\"depot.movements\"}]")
                .contains("\"hotStore\":\"hot-store:9123\"")
                .contains("\"lookupKeys\":{\"depot.movements\":[\"parcel_id\"]}");
    }

    @Test
    void anAgentWithLookupsAloneNeedsNoPromptForTools() throws IOException {
        String yaml = HOT.replace("prompt: prompts/tools.v1.md\n", "").replace("  - sql: tools/last_scan.sql\n", "");
        Agent agent = folder.write("tables/hot/movements.sql", MOVEMENTS)
                .write("agents/sorter/agent.yaml", yaml)
                .load()
                .agents()
                .get(0);
        assertThat(agent.tools()).isEmpty();
        assertThat(agent.prompt()).isNull();
    }

    @Test
    void lookupsAreChecked() throws IOException {
        folder.write("tables/hot/movements.sql", MOVEMENTS);
        assertRefused(
                HOT.replace("lookup: movements", "lookup: movement"),
                "agents/sorter/agent.yaml:12: lookup: table hot.depot.movement does not exist — did you mean"
                        + " 'movements'?");
        assertRefused(HOT.replace("lookup: movements", "lookup: hot.depot.movements"), ":12: 'lookup' is 'hot.depot.");
        assertRefused(
                HOT.replace("movements.times", "movements.time"),
                ":12: lookup: table hot.depot.movements has no column 'time', from which 'moved' comes — did you mean"
                        + " 'times'?");
        assertRefused(HOT.replace("movements.times", "movement.times"), "did you mean 'movements'?");
        assertRefused(
                HOT.replace("  - lookup: movements\n", "  - lookup: movements\n  - lookup: movements\n"),
                ":13: another tool is called 'movements' too: keep one");
        assertRefused(HOT.replace("- lookup: movements", "- lokup: movements"), ":12: unknown key 'lokup' under tools");
    }

    @Test
    void theKeyOfALookupStandsInTheRowThatWakesTheAgent() throws IOException {
        folder.write("tables/hot/movements.sql", MOVEMENTS.replace(", PRIMARY KEY (parcel_id) NOT ENFORCED", ""));
        assertRefused(HOT, ":12: lookup: table hot.depot.movements has no primary key", "tables/hot/movements.sql");
        folder.write("tables/hot/movements.sql", MOVEMENTS.replace("parcel_id", "parcl_id"));
        assertRefused(
                HOT,
                ":12: lookup: table hot.depot.movements has the key column 'parcl_id', which lake.depot.parcels does"
                        + " not have: the key is taken from the row that wakes the agent — did you mean 'parcel_id'?");
        folder.write("tables/hot/movements.sql", MOVEMENTS.replace("parcel_id BIGINT", "parcel_id STRING"));
        assertRefused(
                HOT,
                ":12: lookup: table hot.depot.movements has the key column 'parcel_id' as STRING, lake.depot.parcels"
                        + " has it as BIGINT: give both the same type");
        folder.write(
                "tables/hot/movements.sql",
                MOVEMENTS.replace("parcel_id BIGINT", "weight DOUBLE").replace("(parcel_id)", "(weight)"));
        assertRefused(HOT, ":12: lookup: table hot.depot.movements has the key column 'weight' as DOUBLE: agents look");
    }

    @Test
    void currentResultsMayBeAHotTableToo() throws IOException {
        App app = folder.write("tables/hot/movements.sql", MOVEMENTS)
                .write("agents/sorter/agent.yaml", HOT)
                .load();
        TableDefinition hot = app.hotTable("depot.sorted_now").orElseThrow();
        assertThat(hot.primaryKey()).containsExactly("parcel_id");
        assertThat(hot.options()).isEmpty();
        assertThat(hot.columns())
                .containsExactlyInAnyOrderElementsOf(
                        app.table("depot", "sorted").orElseThrow().columns());
        assertThat(hot.columns()).extracting(Column::name).endsWith("_finished_at", "size", "bay", "moved");
        assertThat(app.tieredTables()).isEmpty();
    }

    @Test
    void aHotTableOfResultsHasItsNameAlone() throws IOException {
        folder.write("tables/hot/movements.sql", MOVEMENTS);
        assertRefused(
                HOT.replace("hot: sorted_now", "hot: movements"),
                "agents/sorter/agent.yaml:16: table depot.movements stands in ",
                "tables/hot/movements.sql already: keep one");
        assertRefused(
                HOT.replace("hot: sorted_now", "hot: hot.depot.x"), ":16: 'hot' is 'hot.depot.x': write the name");
    }

    private void assertRefused(String yaml, String... texts) {
        assertThatThrownBy(() -> folder.write("agents/sorter/agent.yaml", yaml).load())
                .isInstanceOf(AppException.class)
                .message()
                .contains(texts);
    }
}
