package io.millrace.sql.protocol;

import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes a packet's content apart. */
final class PacketReader {
    private final byte[] bytes;
    private int at;

    PacketReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    int length() {
        return bytes.length;
    }

    int octet() {
        return (int) integer(1);
    }

    long integer(int length) {
        require(length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (bytes[at++] & 0xffL) << (8 * i);
        }
        return value;
    }

    /** Two's complement. */
    long signed(int length) {
        int unused = Long.SIZE - 8 * length;
        return integer(length) << unused >> unused;
    }

    long lengthEncoded() {
        int first = octet();
        return switch (first) {
            case 0xfc -> integer(2);
            case 0xfd -> integer(3);
            case 0xfe -> integer(8);
            default -> first;
        };
    }

    byte[] bytes(long length) {
        require(length);
        byte[] value = Arrays.copyOfRange(bytes, at, at + (int) length);
        at += (int) length;
        return value;
    }

    String zeroTerminated() {
        int start = at;
        while (at < bytes.length && bytes[at] != 0) {
            at++;
        }
        String value = new String(bytes, start, at - start, StandardCharsets.UTF_8);
        at++;
        return value;
    }

    String rest() {
        return new String(bytes(bytes.length - (long) at), StandardCharsets.UTF_8);
    }

    private void require(long length) {
        if (length < 0 || length > bytes.length - (long) at) {
            throw new SqlFailure(SqlError.UNKNOWN_COMMAND, "malformed packet: it ends too early");
        }
    }
}
