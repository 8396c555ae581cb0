package io.millrace.api.media;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Content-Disposition (RFC 6266), safe whatever the name holds. */
final class Disposition {
    private static final int LONGEST = 150;
    private static final String PLAIN = "!#$&+-.^_`|~";

    private Disposition() {}

    static String of(boolean inline, String name) {
        String shown = harmless(name);
        return (inline ? "inline" : "attachment") + "; filename=\"" + shown.replaceAll("[^A-Za-z0-9._ -]", "_")
                + "\"; filename*=UTF-8''" + encoded(shown);
    }

    /** Without what could name a folder, end a line, or turn the direction of writing around its ending. */
    private static String harmless(String name) {
        String flat = name.replaceAll("[\\p{Cntrl}/\\\\\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]", "_")
                .replaceFirst("^[.\\s]+", "_")
                .strip();
        int characters = flat.codePointCount(0, flat.length());
        // The ending says what it is.
        String kept = characters <= LONGEST ? flat : flat.substring(flat.offsetByCodePoints(flat.length(), -LONGEST));
        return kept.isEmpty() ? "_" : kept;
    }

    /** Percent-encoded as RFC 8187 has it. */
    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            text.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return text.toString();
    }
}
