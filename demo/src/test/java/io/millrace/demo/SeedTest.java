package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedTest {
    @TempDir
    Path folder;

    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        SourceDatabase.shared().recreate("seed");
        connection = SourceDatabase.shared().connect("seed");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void filesAreLoadedInOrderAndOnlyOnce() throws Exception {
        write("10_schema.sql", "CREATE TABLE colours (id INT PRIMARY KEY, name TEXT);");
        write("20_colours.csv", "name,id\n\"red; \"\"dark\"\"\",1\nblue,2\n");
        write("30_more.sql", "INSERT INTO colours VALUES (3, 'green'); UPDATE colours SET id = 4 WHERE id = 3;");
        write("notes.sql", "no number, no seed");
        assertThat(Seed.loadOnce(connection, folder)).isTrue();
        assertThat(text("SELECT string_agg(id || ' ' || name, ', ' ORDER BY id) FROM colours"))
                .isEqualTo("1 red; \"dark\", 2 blue, 4 green");
        assertThat(Seed.loadOnce(connection, folder)).isFalse();
        assertThat(text("SELECT count(*) FROM colours")).isEqualTo("3");
    }

    @Test
    void whatIsLoadedIsCommitted() throws Exception {
        write("10_schema.sql", "CREATE TABLE colours (id INT);");
        Seed.loadOnce(connection, folder);
        connection.close();
        connection = SourceDatabase.shared().connect("seed");
        assertThat(text("SELECT count(*) FROM colours")).isEqualTo("0");
        assertThat(Seed.loadOnce(connection, folder)).isFalse();
    }

    @Test
    void failingFileIsNamedAndLeavesNothingBehind() throws Exception {
        write("10_schema.sql", "CREATE TABLE colours (id INT PRIMARY KEY);");
        write("20_colours.csv", "id\n1\nblue\n");
        assertThatThrownBy(() -> Seed.loadOnce(connection, folder))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith(folder.resolve("20_colours.csv") + ": ")
                .hasMessageContaining("\"blue\"");
        assertThat(text("SELECT count(*) FROM information_schema.tables WHERE table_name IN ('colours', 'seeds')"))
                .isEqualTo("0");
        write("20_colours.csv", "id\n1\n");
        assertThat(Seed.loadOnce(connection, folder)).isTrue();
        assertThat(text("SELECT count(*) FROM colours")).isEqualTo("1");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
