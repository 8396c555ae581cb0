package io.millrace.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    record Example(int port, String host, long timeoutMillis) {}

    @TempDir
    Path folder;

    @Test
    void fileOverridesDefaultsAndEnvironmentOverridesBoth() throws Exception {
        Path file = Files.writeString(folder.resolve("s.yaml"), "port: 2\nhost: filehost\n");
        assertThat(Settings.load(Example.class, "example", null, Map.of()))
                .isEqualTo(new Example(1, "localhost", 3000));
        assertThat(Settings.load(Example.class, "example", file, Map.of())).isEqualTo(new Example(2, "filehost", 3000));
        assertThat(Settings.load(Example.class, "example", file, Map.of("MILLRACE_EXAMPLE_TIMEOUT_MILLIS", "7")))
                .isEqualTo(new Example(2, "filehost", 7));
    }

    @Test
    void unknownKeyNamesTheNearestKnownOne() throws Exception {
        Path file = Files.writeString(folder.resolve("s.yaml"), "prot: 2\n");
        assertThatThrownBy(() -> Settings.load(Example.class, "example", file, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + ": unknown key 'prot' — did you mean 'port'?");
    }

    @Test
    void illTypedValueNamesKeyAndValue() {
        assertThatThrownBy(() -> Settings.load(Example.class, "example", null, Map.of("MILLRACE_EXAMPLE_PORT", "many")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'port'")
                .hasMessageContaining("'many'");
    }

    @Test
    void missingKeyNamesItsEnvironmentVariable() {
        assertThatThrownBy(() -> Settings.load(Example.class, "absent", null, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("MILLRACE_ABSENT_PORT");
    }
}
