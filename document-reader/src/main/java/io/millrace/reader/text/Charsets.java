package io.millrace.reader.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Finds out how bytes are to be read as text. */
public final class Charsets {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private Charsets() {}

    /** By its byte order mark; else UTF-16 by its zeros, UTF-8 if the bytes allow, else Windows-1252. */
    public static Charset of(byte[] beginning) {
        if (startsWith(beginning, 0xef, 0xbb, 0xbf)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(beginning, 0xfe, 0xff) || mostlyZero(beginning, 0)) {
            return StandardCharsets.UTF_16BE;
        }
        if (startsWith(beginning, 0xff, 0xfe) || mostlyZero(beginning, 1)) {
            return StandardCharsets.UTF_16LE;
        }
        return isUtf8(beginning) ? StandardCharsets.UTF_8 : WINDOWS_1252;
    }

    /** The charset of that name, or else by the bytes. */
    public static Charset of(String name, byte[] beginning) {
        try {
            return name.isBlank() ? of(beginning) : Charset.forName(name.strip());
        } catch (IllegalArgumentException e) {
            return of(beginning);
        }
    }

    /** The text without a byte order mark. */
    static String decode(byte[] bytes) {
        String text = new String(bytes, of(bytes));
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static boolean isUtf8(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        // What follows may complete a last character that is cut.
        return !decoder.decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length + 1), false)
                .isError();
    }

    /** Whether nine of ten bytes at even, or odd, places are zero: Latin letters in UTF-16. */
    private static boolean mostlyZero(byte[] bytes, int from) {
        int zeros = 0;
        int places = 0;
        for (int i = from; i < bytes.length; i += 2) {
            places++;
            zeros += bytes[i] == 0 ? 1 : 0;
        }
        return places > 3 && zeros * 10 >= places * 9;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
