package io.millrace.gateway.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The ledger's SQL, one file a purpose. */
enum Statements {
    SCHEMA,
    FIND,
    BEGIN,
    FINISH,
    HITS,
    ABANDON,
    CALL,
    REVISION;

    private final String sql;

    Statements() {
        String file = name().toLowerCase(Locale.ROOT) + ".sql";
        try (InputStream in = Statements.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            // Without the comments: pg_stat_activity and the server's log then begin with the verb.
            sql = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^ *--.*\n", "")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String sql() {
        return sql;
    }
}
