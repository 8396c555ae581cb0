package io.millrace.sql.protocol;

import io.millrace.sql.metadata.SystemVariables;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;

/** The greeting: what both sides can do, and who the client is. */
final class Handshake {
    private static final int CONNECT_WITH_DATABASE = 1 << 3;
    private static final int PROTOCOL_41 = 1 << 9;
    private static final int TLS = 1 << 11;
    private static final int SECURE_CONNECTION = 1 << 15;
    private static final int PLUGIN_AUTHENTICATION = 1 << 19;
    private static final int CONNECT_ATTRIBUTES = 1 << 20;
    private static final int LENGTH_ENCODED_AUTHENTICATION = 1 << 21;
    /** Long passwords, found rows, long flags, transactions, multiple results. */
    private static final int HARMLESS = 1 | (1 << 1) | (1 << 2) | (1 << 13) | (1 << 17) | (1 << 18);

    private static final int OFFERED = HARMLESS
            | CONNECT_WITH_DATABASE
            | PROTOCOL_41
            | SECURE_CONNECTION
            | PLUGIN_AUTHENTICATION
            | CONNECT_ATTRIBUTES
            | LENGTH_ENCODED_AUTHENTICATION;

    private static final int SALT_BYTES = 20;
    private static final int UTF8MB4 = 45;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Packets packets;
    private final Account account;

    Handshake(Packets packets, Account account) {
        this.packets = packets;
        this.account = account;
    }

    /**
     * Greets the client and checks its password.
     *
     * @return the database it wants to use, or an empty string
     * @throws SqlFailure when it may not connect
     */
    String greet(int connectionId) throws IOException {
        byte[] salt = salt();
        packets.send(new PacketBuilder()
                .integer(10, 1)
                .zeroTerminated(SystemVariables.VERSION)
                .integer(connectionId, 4)
                .raw(Arrays.copyOf(salt, 8))
                .integer(0, 1)
                .integer(OFFERED & 0xffff, 2)
                .integer(UTF8MB4, 1)
                .integer(Packets.AUTOCOMMIT, 2)
                .integer(OFFERED >>> 16, 2)
                .integer(SALT_BYTES + 1, 1)
                .raw(new byte[10])
                .raw(Arrays.copyOfRange(salt, 8, SALT_BYTES))
                .integer(0, 1)
                .zeroTerminated(Passwords.SHA2));
        packets.flush();
        PacketReader answer = packets.receive();
        int capabilities = (int) answer.integer(4);
        if ((capabilities & TLS) != 0) {
            throw new SqlFailure(
                    SqlError.SECURE_TRANSPORT, "this server has no TLS: connect with TLS off, like sslMode=DISABLED");
        }
        if ((capabilities & PROTOCOL_41) == 0) {
            throw new SqlFailure(SqlError.UNKNOWN_COMMAND, "the client's protocol is older than MySQL 4.1");
        }
        answer.bytes(4 + 1 + 23);
        String user = answer.zeroTerminated();
        byte[] proof = answer.bytes(
                (capabilities & LENGTH_ENCODED_AUTHENTICATION) != 0 ? answer.lengthEncoded() : answer.octet());
        String database =
                (capabilities & CONNECT_WITH_DATABASE) != 0 && answer.hasMore() ? answer.zeroTerminated() : "";
        String method = (capabilities & PLUGIN_AUTHENTICATION) != 0 && answer.hasMore()
                ? answer.zeroTerminated()
                : Passwords.NATIVE;
        check(user, method, proof, salt);
        return database;
    }

    private static byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        for (int i = 0; i < SALT_BYTES; i++) {
            // clients read the salt as text: no zero byte, nothing beyond ASCII
            salt[i] = (byte) (33 + RANDOM.nextInt(90));
        }
        return salt;
    }

    private void check(String user, String offeredMethod, byte[] offeredProof, byte[] salt) throws IOException {
        String method = offeredMethod;
        byte[] proof = offeredProof;
        if (!method.equals(Passwords.NATIVE) && !method.equals(Passwords.SHA2)) {
            method = Passwords.NATIVE;
            packets.send(new PacketBuilder()
                    .integer(0xfe, 1)
                    .zeroTerminated(method)
                    .raw(salt)
                    .integer(0, 1));
            packets.flush();
            PacketReader answer = packets.receive();
            proof = answer.bytes(answer.length());
        }
        boolean known = Passwords.matches(method, proof, salt, account.password());
        if (!known || !user.equals(account.user())) {
            throw new SqlFailure(
                    SqlError.ACCESS_DENIED,
                    "access denied for user '" + user + "' (using password: " + (proof.length > 1 ? "YES" : "NO")
                            + ")");
        }
        if (method.equals(Passwords.SHA2)) {
            packets.send(new PacketBuilder().integer(1, 1).integer(3, 1));
        }
    }
}
