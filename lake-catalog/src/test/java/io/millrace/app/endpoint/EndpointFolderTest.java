package io.millrace.app.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.app.AppException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointFolderTest {
    @TempDir
    Path app;

    @Test
    void everyFileIsReadInOrder() throws IOException {
        write("b.sql", "-- GET /v1/b\nSELECT 1");
        write("a.sql", "-- GET /v1/a\nSELECT 1");
        write("notes.md", "not an endpoint");
        assertThat(EndpointFolder.read(app)).extracting(Endpoint::name).containsExactly("a", "b");
    }

    @Test
    void appWithoutEndpointsHasNone() throws IOException {
        assertThat(EndpointFolder.read(app)).isEmpty();
    }

    @Test
    void missingFolderIsNamed() {
        assertThatThrownBy(() -> EndpointFolder.read(app.resolve("shpo")))
                .isInstanceOf(AppException.class)
                .hasMessage(app.resolve("shpo") + ": no such folder: give the folder that holds app.yaml");
    }

    @Test
    void problemsOfAllFilesAreListedTogether() throws IOException {
        write("a.sql", "-- GET /v1/c/{id}\n-- param id INT\nSELECT :id");
        write("b.sql", "-- GET /v1/c/{name}\n-- param name STRING\nSELECT :name");
        write("c.sql", "SELECT 1");
        write("d.sql", "-- GET /v1/d\n");
        assertThatThrownBy(() -> EndpointFolder.read(app))
                .isInstanceOf(AppException.class)
                .hasMessage("""
                        endpoints/b.sql:1: path '/v1/c/{name}' is the one of endpoints/a.sql: change one
                        endpoints/c.sql:1: no method line: begin the file with a line such as \
                        '-- GET /v1/customers/{customer_id}'
                        endpoints/d.sql:2: no query: write one SELECT below the header""");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(app.resolve("endpoints"));
        Files.writeString(app.resolve("endpoints").resolve(name), text);
    }
}
