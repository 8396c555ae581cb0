package io.millrace.reader.mail;

import io.millrace.reader.document.BoundedText;
import io.millrace.reader.text.Charsets;
import io.millrace.reader.text.HtmlFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.jspecify.annotations.Nullable;

/** Gathers a mail's text: lines about who wrote to whom and when, then plain text, or HTML where there is none. */
final class MailText {
    private static final List<String> SHOWN = List.of("From", "To", "Cc", "Date");
    private static final int LONGEST_HEADER = 1_000;

    private final int characters;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder html = new StringBuilder();

    MailText(int characters) {
        this.characters = characters;
    }

    void header(String name, String body) {
        String unfolded = body.replaceAll("\\s+", " ").strip();
        String decoded = DecoderUtil.decodeEncodedWords(unfolded, DecodeMonitor.SILENT);
        headers.putIfAbsent(
                name, new BoundedText(LONGEST_HEADER).append(decoded).toString());
    }

    /** Takes what is text of a part. */
    void body(BodyDescriptor part, InputStream content) throws IOException {
        String charset = part.getCharset() == null ? "" : part.getCharset();
        switch (part.getMimeType().toLowerCase(Locale.ROOT)) {
            case "text/plain" -> append(plain, content, charset, 4 * characters);
            case "text/html" -> append(html, content, charset, HtmlFormat.MOST_BYTES);
            default -> {
                // A file of its own, if anything.
            }
        }
    }

    private static void append(StringBuilder text, InputStream content, String charset, int mostBytes)
            throws IOException {
        if (text.length() < mostBytes) {
            byte[] bytes = content.readNBytes(mostBytes);
            text.append(new String(bytes, Charsets.of(charset, bytes))).append('\n');
        }
    }

    boolean isEmpty() {
        return headers.isEmpty() && plain.isEmpty() && html.isEmpty();
    }

    @Nullable
    String subject() {
        return headers.get("Subject");
    }

    boolean readHtml() {
        return plain.toString().isBlank() && !html.isEmpty();
    }

    BoundedText text() {
        BoundedText text = new BoundedText(characters);
        for (String name : SHOWN) {
            String value = headers.get(name);
            if (value != null) {
                text.append(name).append(": ").append(value).append("\n");
            }
        }
        text.append("\n");
        return text.append((readHtml() ? HtmlFormat.text(html.toString()) : plain.toString()).replace("\r\n", "\n"));
    }
}
