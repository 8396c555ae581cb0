package io.millrace.api.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.MariaDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Needs MariaDB; a variable of the session stands in for the one lake-sql has. */
@EnabledIf(value = "io.millrace.api.MariaDb#installed", disabledReason = MariaDb.NEEDED)
class SnapshotReaderTest {
    @Test
    void serverIsAskedForAsLongAsItKnows() throws Exception {
        MariaDb database = MariaDb.shared();
        try (Connection connection = database.connect()) {
            SnapshotReader reader = new SnapshotReader("SELECT @last, '2026-11-26T10:15:30Z'");
            set(connection, "'shop.orders@12, shop.customers@7é'");
            assertThat(reader.read(connection))
                    .isEqualTo(new Snapshots("shop.orders@12, shop.customers@7?", "2026-11-26T10:15:30Z"));
            set(connection, "NULL");
            assertThat(reader.read(connection)).isNull();
            set(connection, "'shop.orders@13'");
            assertThat(reader.read(connection)).extracting(Snapshots::tables).isEqualTo("shop.orders@13");

            SnapshotReader other = new SnapshotReader("SELECT @last, '2026-11-26T10:15:30Z'");
            set(connection, "NULL");
            assertThat(other.read(connection)).isNull();
            set(connection, "'shop.orders@14'");
            assertThat(other.read(connection)).isNull();

            SnapshotReader plain = new SnapshotReader(SnapshotReader.QUESTION);
            assertThat(plain.read(connection)).isNull();
            Connection closed;
            try (Connection open = database.connect()) {
                closed = open;
            }
            assertThat(plain.read(closed)).as("not asked again").isNull();
        }
    }

    private static void set(Connection connection, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET @last = " + value);
        }
    }
}
