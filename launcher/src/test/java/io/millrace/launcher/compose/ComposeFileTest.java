package io.millrace.launcher.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.launcher.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeFileTest {
    @TempDir
    Path folder;

    private ComposeFile file() throws IOException {
        Path file = folder.resolve("docker-compose.yml");
        Files.writeString(file, """
                services:
                  fe:
                    image: doris:${DORIS_VERSION:-4.1}
                    environment: {PASSWORD: "${FE_PASSWORD:-fe}"}
                    ports: ["127.0.0.1:${FE_PORT:-9030}:9030"]
                    mem_limit: ${FE_MEMORY:-2g}
                  workers:
                    environment: {KEY: "${PROVIDER_ACCESS_KEY:-}"}
                    deploy: {replicas: 2, resources: {limits: {memory: 512m}}}
                  grafana:
                    profiles: [observability]
                    ports: ["127.0.0.1:3000:3000"]
                    mem_limit: 1g
                """);
        return ComposeFile.read(folder, Map.of());
    }

    @Test
    void aPortIsTheOneOnThisMachineWithItsVariableFilled() throws IOException {
        assertThat(file().ports(Map.of())).containsExactly(entry(9030, "fe"));
        assertThat(file().ports(Map.of("FE_PORT", "19030"))).containsExactly(entry(19030, "fe"));
    }

    @Test
    void memoryIsThatOfAllDefaultServices() throws IOException {
        assertThat(file().memoryMebibytes(Map.of())).isEqualTo(2048 + 2 * 512);
        assertThat(file().memoryMebibytes(Map.of("FE_MEMORY", "3g"))).isEqualTo(3072 + 2 * 512);
    }

    @Test
    void aSecondFileChangesServicesAndTakesThemAway() throws IOException {
        file();
        Files.writeString(folder.resolve("small.yml"), """
                services:
                  fe: {mem_limit: 1g}
                  workers: {profiles: [large]}
                """);
        ComposeFile both = ComposeFile.read(folder, Map.of("COMPOSE_FILE", "docker-compose.yml:small.yml"));
        assertThat(both.memoryMebibytes(Map.of())).isEqualTo(1024);
        assertThat(both.ports(Map.of())).containsExactly(entry(9030, "fe"));
    }

    @Test
    void secretsAreThoseOfOurOwnServices() throws IOException {
        assertThat(file().secrets()).containsExactly(entry("FE_PASSWORD", "fe"));
    }

    @Test
    void whatIsInTheEnvironmentFileStaysAndIsReadOnlyForItsOwner() throws IOException {
        Path env = folder.resolve(".env");
        Files.writeString(env, "# mine\nFE_PORT=\"19030\"");
        EnvFile.append(env, Map.of("FE_PASSWORD", "drawn"));
        assertThat(Files.readString(env)).isEqualTo("# mine\nFE_PORT=\"19030\"\nFE_PASSWORD=drawn\n");
        assertThat(EnvFile.read(env)).containsExactly(entry("FE_PORT", "19030"), entry("FE_PASSWORD", "drawn"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
                .isEqualTo("rw-------");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> ComposeFile.read(folder, Map.of("COMPOSE_FILE", "none.yml")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none.yml");
    }
}
