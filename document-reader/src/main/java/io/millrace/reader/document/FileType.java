package io.millrace.reader.document;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/** Finds out a file's type by its content. Its name only tells a mail from other text. */
public final class FileType {
    public static final String LIBRARY = Library.of(MimeTypes.class);
    public static final String SVG = "image/svg+xml";
    public static final String WAV = "audio/wav";
    public static final String MP3 = "audio/mpeg";
    public static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");

    private static final String MAIL = "message/rfc822";
    private static final Set<String> WAV_NAMES = Set.of("audio/vnd.wave", "audio/x-wav");
    private static final Set<String> TEXT = Set.of(
            "application/json",
            "application/xml",
            "application/yaml",
            "application/javascript",
            "application/sql",
            "application/x-sh");
    /** How mails begin: with header lines, one of them of a kind every mail has. */
    private static final Pattern MAIL_HEADER =
            Pattern.compile("\\A(?:[!-9;-~]+:[^\\r\\n]*\\r?\\n(?:[ \\t][^\\r\\n]*\\r?\\n)*)*?"
                    + "(?i:from|date|message-id|received|mime-version|return-path):");

    private static final int BEGINNING_BYTES = 4096;

    private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

    /** The MIME type, {@code application/octet-stream} when it is none that is known. */
    public String of(Path file, String name) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
            MediaType type = types.detect(in, new Metadata()).getBaseType();
            String found = type.toString();
            if (WAV_NAMES.contains(found)) {
                return WAV;
            }
            boolean plain = types.getMediaTypeRegistry().isInstanceOf(type, MediaType.TEXT_PLAIN);
            if (plain && !HTML.contains(found) && looksLikeMail(file, name)) {
                return MAIL;
            }
            return found;
        }
    }

    public static Kind kind(String mimeType) {
        if (mimeType.equals(MAIL)) {
            return Kind.MAIL;
        }
        if (mimeType.equals("application/pdf")) {
            return Kind.PDF;
        }
        if (mimeType.startsWith("image/")) {
            return Kind.IMAGE;
        }
        if (mimeType.startsWith("audio/")) {
            return Kind.AUDIO;
        }
        return mimeType.startsWith("text/") || TEXT.contains(mimeType) || HTML.contains(mimeType)
                ? Kind.TEXT
                : Kind.OTHER;
    }

    private static boolean looksLikeMail(Path file, String name) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String beginning = new String(in.readNBytes(BEGINNING_BYTES), StandardCharsets.ISO_8859_1);
            return MAIL_HEADER.matcher(beginning).find()
                    || (name.toLowerCase(Locale.ROOT).endsWith(".eml") && beginning.matches("(?s)[!-9;-~]+:.*"));
        }
    }
}
