package io.millrace.sql.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Checks the answers of MySQL's two password methods, neither of which sends the password. */
final class Passwords {
    static final String NATIVE = "mysql_native_password";
    static final String SHA2 = "caching_sha2_password";

    private Passwords() {}

    /** Whether a client that was sent {@code salt} and answers {@code answer} knows the password. */
    static boolean matches(String method, byte[] answer, byte[] salt, String password) {
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        byte[] expected = method.equals(NATIVE) ? nativeAnswer(secret, salt) : sha2Answer(secret, salt);
        return MessageDigest.isEqual(expected, answer);
    }

    private static byte[] nativeAnswer(byte[] password, byte[] salt) {
        byte[] hash = digest("SHA-1", password);
        return exclusiveOr(hash, digest("SHA-1", salt, digest("SHA-1", hash)));
    }

    private static byte[] sha2Answer(byte[] password, byte[] salt) {
        byte[] hash = digest("SHA-256", password);
        return exclusiveOr(hash, digest("SHA-256", digest("SHA-256", hash), salt));
    }

    private static byte[] digest(String algorithm, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no " + algorithm, e);
        }
    }

    private static byte[] exclusiveOr(byte[] left, byte[] right) {
        byte[] result = new byte[left.length];
        for (int i = 0; i < left.length; i++) {
            result[i] = (byte) (left[i] ^ right[i]);
        }
        return result;
    }
}
