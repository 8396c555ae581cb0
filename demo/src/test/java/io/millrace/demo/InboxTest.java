package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** The files of the shop's inbox, and what inbox.csv says about them, against the shop's rows. */
class InboxTest {
    private static final Path INBOX = Shop.seed().resolve("inbox");
    private static final Path TEXTS = Shop.seed().resolve("inbox-text");

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        SourceDatabase.shared().recreate("inbox");
        connection = SourceDatabase.shared().connect("inbox");
        Seed.loadOnce(connection, Shop.seed());
        try (Statement statement = connection.createStatement();
                Reader rows = Files.newBufferedReader(Shop.seed().resolve("inbox.csv"))) {
            statement.execute(
                    "CREATE TABLE inbox (path TEXT, sha256 TEXT, kind TEXT, ticket_id BIGINT, order_id BIGINT,"
                            + " text TEXT, broken TEXT, what TEXT)");
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY inbox FROM STDIN WITH (FORMAT csv, HEADER match)", rows);
        }
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @Test
    void everyFileIsListedWithItsContent() throws Exception {
        List<String> found = new ArrayList<>();
        for (Path file : files(INBOX)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            found.add(INBOX.relativize(file) + " " + HexFormat.of().formatHex(digest));
        }
        assertThat(texts("SELECT path || ' ' || sha256 FROM inbox")).containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void everyExpectedTextBelongsToAFile() throws Exception {
        assertThat(texts("SELECT text FROM inbox WHERE text IS NOT NULL"))
                .containsExactlyInAnyOrderElementsOf(files(TEXTS).stream()
                        .map(file -> TEXTS.relativize(file).toString())
                        .toList());
    }

    @Test
    void everyTicketAndOrderExists() throws SQLException {
        assertThat(texts("SELECT path FROM inbox WHERE ticket_id IS NOT NULL"
                        + " AND ticket_id NOT IN (SELECT ticket_id FROM tickets)"))
                .isEmpty();
        assertThat(texts("SELECT path FROM inbox WHERE order_id IS NOT NULL"
                        + " AND order_id NOT IN (SELECT order_id FROM orders)"))
                .isEmpty();
    }

    /** A tool answers only for orders of the customer who wrote; two attachments name somebody else's. */
    @Test
    void ordersOfTicketsThatNameNoneStandInTheirAttachments() throws SQLException {
        String attached = " FROM inbox i JOIN tickets t USING (ticket_id) JOIN orders o USING (order_id)"
                + " WHERE path LIKE 'tickets/%' AND t.subject || t.body !~ '1\\d\\d ?\\d\\d\\d'";
        assertThat(texts("SELECT path" + attached + " AND o.customer_id = t.customer_id"))
                .contains("tickets/335/IMG_20261117_0501.jpg")
                .hasSizeGreaterThanOrEqualTo(20);
        assertThat(texts("SELECT path" + attached + " AND o.customer_id <> t.customer_id"))
                .containsExactlyInAnyOrder("tickets/288/screenshot.png", "tickets/326/gift-receipt.png");
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
