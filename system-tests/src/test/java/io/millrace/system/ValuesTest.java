package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another app than the shop, given with --app: one column of each type, keys of two columns, two buckets. */
class ValuesTest {
    @TempDir
    Path folder;

    @Test
    void everyTypeArrivesUnchangedThroughInsertsUpdatesAndDeletes() throws Exception {
        Path app = Cli.HOME.resolve("system-tests/src/test/resources/apps/types");
        try (RunningPlatform platform = RunningPlatform.start(app, folder.resolve("data"), "0")) {
            platform.assertEqual();
            assertThat(platform.column("SELECT words FROM lake.types.samples WHERE id = 1 AND part = 'b'"))
                    .containsExactly("");
            assertThat(platform.column("SELECT moment FROM lake.types.samples WHERE id = 1 AND part = 'a'"))
                    .containsExactly("2026-11-22 19:32:03.999999");
            try (Connection connection = platform.databases().connectToSource("typesdb");
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE samples SET words = NULL, amount = amount * 3, content = '\\x00'"
                        + " WHERE part = 'bulk' AND id % 3 = 0");
                statement.execute("UPDATE samples SET part = 'moved' WHERE part = 'bulk' AND id % 5 = 0");
                statement.execute("DELETE FROM samples WHERE part = 'bulk' AND id % 7 = 0");
            }
            platform.assertEqual();
            assertThat(platform.column("SELECT count(*) FROM lake.types.samples WHERE part = 'moved'"))
                    .containsExactly("200");
        }
    }
}
