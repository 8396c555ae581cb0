package io.millrace.api.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the SQL server answered.
 *
 * @param found false when an endpoint of one row has none; the body is empty then
 * @param body JSON
 * @param snapshots null when the server does not say
 * @param tag changes when the body does
 */
public record Answer(boolean found, String body, @Nullable Snapshots snapshots, String tag) {
    static Answer of(String body, @Nullable Snapshots snapshots) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return new Answer(true, body, snapshots, HexFormat.of().formatHex(digest, 0, 12));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Answer nothing() {
        return new Answer(false, "", null, "");
    }
}
