package io.millrace.launcher.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.App;
import io.millrace.app.Source;
import io.millrace.app.doris.DorisParts;
import io.millrace.launcher.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path root;

    private DataFolder data;

    @BeforeEach
    void makeTheFolder() {
        data = new DataFolder(root.resolve("data"));
    }

    @Test
    void passwordsOfOwnServicesAreDrawnOnceAndKept() {
        Secrets first = Secrets.load(data, app(Optional.of("seed/"), "DEPOTDB_PASSWORD"), Map.of());
        assertThat(first.sqlPassword()).matches("[0-9a-f]{32}");
        assertThat(first.value("DEPOTDB_PASSWORD")).matches("[0-9a-f]{32}").isNotEqualTo(first.sqlPassword());
        Secrets second = Secrets.load(
                data, app(Optional.of("seed/"), "DEPOTDB_PASSWORD"), Map.of("DEPOTDB_PASSWORD", "too late"));
        assertThat(second.sqlPassword()).isEqualTo(first.sqlPassword());
        assertThat(second.value("DEPOTDB_PASSWORD")).isEqualTo(first.value("DEPOTDB_PASSWORD"));
        assertThat(Secrets.ofRunning(data).sqlPassword()).isEqualTo(first.sqlPassword());
    }

    @Test
    void onlyTheOwnerCanReadTheFile() throws Exception {
        Secrets.load(data, app(Optional.empty()), Map.of());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.secretsFile())))
                .isEqualTo("rw-------");
        try (var files = Files.list(data.root())) {
            assertThat(files).containsExactly(data.secretsFile());
        }
    }

    @Test
    void ownPasswordGivenAtTheFirstStartIsTaken() {
        Map<String, String> environment = Map.of("MILLRACE_SQL_PASSWORD", "chosen=by me");
        assertThat(Secrets.load(data, app(Optional.empty()), environment).sqlPassword())
                .isEqualTo("chosen=by me");
        assertThat(Secrets.ofRunning(data).sqlPassword()).isEqualTo("chosen=by me");
    }

    @Test
    void secretsOfTheAppComeFromTheEnvironmentAndAreNotKept() throws Exception {
        Secrets secrets =
                Secrets.load(data, app(Optional.empty(), "DEPOTDB_PASSWORD"), Map.of("DEPOTDB_PASSWORD", "theirs"));
        assertThat(secrets.value("DEPOTDB_PASSWORD")).isEqualTo("theirs");
        assertThat(data.secretsFile()).content().doesNotContain("DEPOTDB_PASSWORD", "theirs");
    }

    @Test
    void missingSecretNamesItsVariable() {
        assertThatThrownBy(() -> Secrets.load(data, app(Optional.empty(), "DEPOTDB_PASSWORD"), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessage("secret DEPOTDB_PASSWORD of app depot is not set:"
                        + " export DEPOTDB_PASSWORD=… before ./millrace up");
    }

    @Test
    void secretsOfANewDatabaseAreAddedToTheOthers() {
        String sql = Secrets.load(data, app(Optional.empty()), Map.of()).sqlPassword();
        Secrets later = Secrets.load(data, app(Optional.of("seed/")), Map.of());
        assertThat(later.sqlPassword()).isEqualTo(sql);
        assertThat(Secrets.ofRunning(data).value("DEPOTDB_PASSWORD")).isEqualTo(later.value("DEPOTDB_PASSWORD"));
    }

    @Test
    void variableIsTheSourcesNameInCapitals() {
        assertThat(Secrets.variable("depot-db.2", "HOST")).isEqualTo("DEPOT_DB_2_HOST");
    }

    private static App app(Optional<String> seed, String... secrets) {
        Source source = new Source.Cdc("depotdb", "depot", seed.isPresent(), Map.of(), List.of(), seed);
        return new App(
                "depot",
                Path.of("apps/depot"),
                "depot",
                List.of(source),
                List.of(secrets),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                DorisParts.NONE);
    }
}
