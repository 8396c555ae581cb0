package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStatementTest {
    private static final String MODEL = """
            CREATE MODEL mood
              INPUT (`body` STRING, amount DECIMAL(8, 2)) OUTPUT (label STRING, error STRING)
              WITH ('provider' = 'millrace', 'model' = 'chat',
                'prompt' = 'prompts/mood.v1.md');
            """;
    private static final String INSERT = "INSERT INTO lake.depot.parcels SELECT * FROM cdc.depot.parcels;";

    @TempDir
    Path root;

    AppFolder folder;

    @BeforeEach
    void writeAnAppThatLoads() throws IOException {
        folder = AppFolder.in(root)
                .write("pipelines/mood.sql", MODEL + INSERT)
                .write("prompts/mood.v1.md", "It's the mood of\n{body} for {amount}, not {{label}} {\"a\": {body}}?\n");
    }

    @Test
    void modelGetsItsPromptTheGatewayAndItsCaller() {
        assertThat(model()).isEqualTo("""
                CREATE MODEL mood
                  INPUT (`body` STRING, amount DECIMAL(8, 2)) OUTPUT (label STRING, error STRING)
                  WITH ('provider' = 'millrace', 'model' = 'chat',
                    'prompt' = 'prompts/mood.v1.md',
                'prompt-text' = 'It''s the mood of
                {body} for {amount}, not {{label}} {"a": {body}}?
                ',
                'gateway' = 'http://gateway/v1',
                'caller' = 'mood')""");
    }

    @Test
    void whatIsGivenStays() throws IOException {
        folder.write(
                "pipelines/mood.sql",
                "CREATE TEMPORARY MODEL mood INPUT (body STRING) OUTPUT (label STRING) WITH ('provider' = 'millrace',"
                        + " 'gateway' = 'http://own/v1', 'prompt' = 'own', 'caller' = 'me', 'prompt-text' = '{body}');"
                        + INSERT);
        assertThat(model())
                .isEqualTo("CREATE TEMPORARY MODEL mood INPUT (body STRING) OUTPUT (label STRING) WITH ('provider' ="
                        + " 'millrace', 'gateway' = 'http://own/v1', 'prompt' = 'own', 'caller' = 'me',"
                        + " 'prompt-text' = '{body}')");
    }

    @Test
    void modelOfAnotherProviderIsLeftAsItIs() throws IOException {
        String other = "CREATE MODEL mood INPUT (body STRING) OUTPUT (label STRING) WITH ('provider' = 'openai')";
        folder.write("pipelines/mood.sql", other + ";" + INSERT);
        assertThat(model()).isEqualTo(other);
        assertThat(script().settings()).doesNotContainKey("table.exec.async-ml-predict.max-concurrent-operations");
    }

    @Test
    void changedPromptChangesTheScript() throws IOException {
        JobScript before = script();
        folder.write("prompts/mood.v1.md", "The mood of {body}, please.");
        assertThat(script().arguments()).isNotEqualTo(before.arguments());
    }

    @Test
    void manyRowsAreInFlightUnlessThePipelineSaysOtherwise() throws IOException {
        String key = "table.exec.async-ml-predict.max-concurrent-operations";
        assertThat(script().settings()).containsEntry(key, "64");
        folder.write("pipelines/mood.sql", "SET '" + key + "' = '4';\n" + MODEL + INSERT);
        assertThat(script().settings()).containsEntry(key, "4");
    }

    @Test
    void missingPromptNamesTheNearest() throws IOException {
        folder.write("pipelines/mood.sql", MODEL.replace("mood.v1", "mod.v1") + INSERT);
        assertRefused(folder.path("pipelines/mood.sql")
                + ":4: no such prompt file: prompts/mod.v1.md — did you mean 'prompts/mood.v1.md'?");
        folder.write("pipelines/mood.sql", MODEL.replace("prompts/mood", "../mood") + INSERT);
        assertRefused(folder.path("pipelines/mood.sql")
                + ":4: prompt '../mood.v1.md' lies outside the app folder: move it to prompts/");
        folder.write("pipelines/mood.sql", MODEL.replace("'prompt' =", "'promt' =") + INSERT);
        assertRefused(folder.path("pipelines/mood.sql") + ":1: model has no prompt: add 'prompt' = 'prompts/NAME.md'");
    }

    @Test
    void placeholderThatIsNoInputNamesTheNearest() throws IOException {
        folder.write("prompts/mood.v1.md", "The mood\nof {bdy} and {label}?");
        assertRefused(folder.path("prompts/mood.v1.md") + ":2: {bdy} is no INPUT column of the model in "
                + folder.path("pipelines/mood.sql") + " — did you mean 'body'?\n"
                + folder.path("prompts/mood.v1.md") + ":2: {label} is no INPUT column of the model in "
                + folder.path("pipelines/mood.sql") + " (known: amount, body)");
    }

    @Test
    void promptWithoutAnInputIsRefused() throws IOException {
        folder.write("prompts/mood.v1.md", "What is the mood?");
        assertRefused(folder.path("prompts/mood.v1.md") + ": names no INPUT column of the model in "
                + folder.path("pipelines/mood.sql") + ": write {body}, {amount} where the value belongs");
    }

    private JobScript script() {
        App app = folder.load();
        return new JobCompiler(
                        app, new JobCompiler.Addresses("file:///lake", "log:9092", "http://gateway/v1", "hot:9123"))
                .compile(app.pipeline("mood"), "group");
    }

    private String model() {
        return script().preparations().stream()
                .filter(statement -> statement.contains("MODEL"))
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(folder::load).isInstanceOf(AppException.class).hasMessage(message);
    }
}
