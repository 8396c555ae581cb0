package io.millrace.ingestion.media.content;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.jspecify.annotations.Nullable;

/** Which parts of a mail are attachments, and what they are called: no name leads out of its mail. */
final class AttachmentNames {
    private static final int MAX_LENGTH = 200;
    private static final Map<String, String> ENDINGS = Map.of(
            "image/png", ".png",
            "image/jpeg", ".jpg",
            "image/webp", ".webp",
            "application/pdf", ".pdf",
            "message/rfc822", ".eml",
            "audio/mpeg", ".mp3",
            "audio/wav", ".wav",
            "text/plain", ".txt",
            "text/html", ".html");

    private AttachmentNames() {}

    /** Text without a name is the mail's own. */
    static boolean isAttachment(MaximalBodyDescriptor part) {
        return "attachment".equalsIgnoreCase(part.getContentDispositionType())
                || !part.getMediaType().equalsIgnoreCase("text")
                || given(part) != null;
    }

    /**
     * @param number of the part in the mail, for a part without a name
     * @param taken names that are used up; gets the one that is given
     */
    static String of(MaximalBodyDescriptor part, int number, Set<String> taken) {
        String name = plain(given(part));
        if (name.isEmpty()) {
            name = "part-" + number + ENDINGS.getOrDefault(part.getMimeType().toLowerCase(Locale.ROOT), ".bin");
        }
        int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        String unique = name;
        for (int copy = 2; !taken.add(unique); copy++) {
            unique = name.substring(0, dot) + " (" + copy + ")" + name.substring(dot);
        }
        return unique;
    }

    private static @Nullable String given(MaximalBodyDescriptor part) {
        String name = part.getContentDispositionFilename();
        return name != null ? name : part.getContentTypeParameters().get("name");
    }

    private static String plain(@Nullable String given) {
        if (given == null) {
            return "";
        }
        String decoded = DecoderUtil.decodeEncodedWords(given, DecodeMonitor.SILENT, StandardCharsets.UTF_8);
        String name = decoded.substring(Math.max(decoded.lastIndexOf('/'), decoded.lastIndexOf('\\')) + 1)
                .strip();
        if (name.equals(".") || name.equals("..")) {
            return "";
        }
        return name.length() <= MAX_LENGTH ? name : name.substring(name.length() - MAX_LENGTH);
    }
}
