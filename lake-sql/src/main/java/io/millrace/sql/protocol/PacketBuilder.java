package io.millrace.sql.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The content of one packet, in the protocol's data types. */
final class PacketBuilder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PacketBuilder integer(long value, int length) {
        for (int i = 0; i < length; i++) {
            bytes.write((int) (value >>> (8 * i)));
        }
        return this;
    }

    PacketBuilder lengthEncoded(long value) {
        if (value < 251) {
            return integer(value, 1);
        }
        if (value < 1 << 16) {
            return integer(0xfc, 1).integer(value, 2);
        }
        return value < 1 << 24
                ? integer(0xfd, 1).integer(value, 3)
                : integer(0xfe, 1).integer(value, 8);
    }

    PacketBuilder raw(byte[] value) {
        bytes.write(value, 0, value.length);
        return this;
    }

    PacketBuilder raw(String value) {
        return raw(value.getBytes(StandardCharsets.UTF_8));
    }

    PacketBuilder zeroTerminated(String value) {
        return raw(value).integer(0, 1);
    }

    PacketBuilder string(byte[] value) {
        return lengthEncoded(value.length).raw(value);
    }

    PacketBuilder string(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }

    byte[] build() {
        return bytes.toByteArray();
    }
}
