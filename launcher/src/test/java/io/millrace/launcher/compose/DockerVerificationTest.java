package io.millrace.launcher.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in for docker: a script that says what it was asked and fails where it is told to. */
class DockerVerificationTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    private List<DockerVerification.Outcome> runWith(String failing) throws IOException, InterruptedException {
        Path script = folder.resolve("docker.sh");
        Files.writeString(script, "echo \"asked $*\"; case \"$*\" in " + failing + ") exit 1 ;; esac\n");
        return new DockerVerification(List.of("sh", script.toString()), folder, said::add).run();
    }

    @Test
    void theLakeIsComparedAfterEachKill() throws Exception {
        List<DockerVerification.Outcome> outcomes = runWith("nothing");
        assertThat(outcomes).allMatch(DockerVerification.Outcome::ok);
        assertThat(outcomes.stream()
                        .map(DockerVerification.Outcome::command)
                        .filter(command -> command.endsWith("program verify")))
                .hasSize(5);
    }

    @Test
    void aStepThatFailsIsShownWithItsOutputAndTheOthersGoOn() throws Exception {
        List<DockerVerification.Outcome> outcomes = runWith("*--against*");
        assertThat(outcomes.stream().filter(outcome -> !outcome.ok())).hasSize(1);
        assertThat(said).anyMatch(line -> line.startsWith("FAILED Doris answers"));
        assertThat(DockerVerification.report(outcomes))
                .contains("| Doris answers every endpoint with lake-sql's rows | FAILED |")
                .contains("asked exec --no-TTY deployer program verify --against lake-sql:9030");
        assertThat(outcomes.get(outcomes.size() - 1).what()).isEqualTo("the dashboards are up");
    }

    @Test
    void nothingIsAskedOfAStackThatDoesNotComeUp() throws Exception {
        assertThat(runWith("'up --detach --wait'")).hasSize(2);
    }
}
