package io.millrace.ingestion.media.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a mail by its name, or by the header it begins with. */
final class MailSigns {
    private static final int HEADER_BYTES = 8 << 10;
    private static final Pattern FIELD = Pattern.compile("([!-9;-~]+):.*");
    private static final List<String> ENVELOPE = List.of("date", "message-id", "mime-version", "received");

    private MailSigns() {}

    static boolean isMail(String path, Content content) {
        return path.toLowerCase(Locale.ROOT).endsWith(".eml") || beginsAsMail(content);
    }

    private static boolean beginsAsMail(Content content) {
        Set<String> fields = new HashSet<>();
        for (String line : beginning(content).split("\r?\n", -1)) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                fields.add(field.group(1).toLowerCase(Locale.ROOT));
            } else if (fields.isEmpty() || !line.startsWith(" ") && !line.startsWith("\t")) {
                break;
            }
        }
        return fields.contains("from") && ENVELOPE.stream().anyMatch(fields::contains);
    }

    private static String beginning(Content content) {
        try (InputStream in = content.open()) {
            return new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("content " + content.mediaId() + " cannot be read again", e);
        }
    }
}
