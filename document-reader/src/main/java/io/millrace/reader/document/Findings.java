package io.millrace.reader.document;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a file, piece by piece: what was found before a parser gave up stays. Used by one thread at a time. */
public final class Findings {
    private final Limits limits;
    private final Set<String> readers = new LinkedHashSet<>();
    private Status status = Status.READ;
    private Kind kind = Kind.OTHER;
    private String mimeType = "application/octet-stream";
    private @Nullable String reason;
    private @Nullable Integer width;
    private @Nullable Integer height;
    private @Nullable Integer pages;
    private @Nullable Double seconds;
    private @Nullable String title;
    private @Nullable TextFrom textFrom;
    private @Nullable Picture thumbnail;
    private Map<String, String> exif = Map.of();
    private String text = "";
    private boolean truncated;

    public Findings(Limits limits) {
        this.limits = limits;
    }

    public Limits limits() {
        return limits;
    }

    public void type(String foundMimeType, Kind foundKind) {
        mimeType = foundMimeType;
        kind = foundKind;
    }

    /** Names a program that reads the file. */
    public void reader(String nameAndVersion) {
        readers.add(nameAndVersion);
    }

    public void refused(String why) {
        status = Status.REFUSED;
        reason = why;
    }

    public void pending(String why) {
        status = Status.PENDING;
        reason = why;
    }

    /** Says what is missing of a file that was read all the same. */
    public void remark(String what) {
        reason = what;
    }

    /** In pixels. */
    public void size(int foundWidth, int foundHeight) {
        width = foundWidth;
        height = foundHeight;
    }

    public void pages(int count) {
        pages = count;
    }

    public void seconds(double duration) {
        seconds = duration;
    }

    public void exif(Map<String, String> values) {
        exif = new LinkedHashMap<>(values);
    }

    /** Blank titles are none. */
    public void title(@Nullable String found) {
        title = found == null || found.isBlank()
                ? null
                : new BoundedText(1_000).append(clean(found)).toString().strip();
    }

    public void text(BoundedText found, TextFrom from) {
        text = clean(found.toString()).strip();
        textFrom = from;
        truncated |= found.cut();
    }

    public void thumbnail(Picture picture) {
        thumbnail = picture;
    }

    /** There is more in the file than was read. */
    public void truncated() {
        truncated = true;
    }

    public Document document(long sizeBytes, @Nullable String language) {
        return new Document(
                status,
                reason,
                mimeType,
                kind,
                sizeBytes,
                width,
                height,
                pages,
                seconds,
                exif,
                title,
                text,
                textFrom,
                language,
                String.join(", ", readers),
                truncated,
                thumbnail);
    }

    /** How reasons name the file: {@code PDF}, {@code image/png image}. */
    public String subject() {
        return switch (kind) {
            case PDF -> "PDF";
            case OTHER -> mimeType + " file";
            default -> mimeType + " " + kind.text();
        };
    }

    /** The text found so far. */
    public String text() {
        return text;
    }

    private static String clean(String found) {
        return found.indexOf('\0') < 0 ? found : found.replace("\0", "");
    }
}
