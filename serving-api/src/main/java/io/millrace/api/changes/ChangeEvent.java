package io.millrace.api.changes;

import io.millrace.api.hot.HotJson;
import io.millrace.changes.Change;
import io.millrace.changes.Place;
import io.millrace.changes.Position;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change as it is sent, without its id: that depends on what its client has seen besides.
 *
 * @param text from {@code event:} to the empty line at its end
 */
@SuppressWarnings("ArrayRecordComponent")
record ChangeEvent(Place place, byte[] text) {
    static final String CONTENT_TYPE = "text/event-stream";

    static ChangeEvent of(Change change) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        putUnlessNull(data, "key", change.key());
        putUnlessNull(data, "row", change.row());
        putUnlessNull(data, "before", change.before());
        data.putAll(change.origin());
        data.put("timestamp", change.time());
        String kind = change.kind().name().toLowerCase(Locale.ROOT);
        return new ChangeEvent(change.place(), bytes("event: " + kind + "\ndata: " + HotJson.text(data) + "\n\n"));
    }

    /** Its first line. */
    static byte[] id(Position after) {
        return bytes("id: " + after + "\n");
    }

    /** Shows that a feed lives, and how far it has come meanwhile without a change. */
    static byte[] heartbeat(Position position) {
        return bytes(": alive\nid: " + position + "\n\n");
    }

    /** What a feed begins with: whoever loses it before the first event can go on from here too. */
    static byte[] beginning(Position position) {
        return bytes("retry: 2000\nid: " + position + "\n\n");
    }

    /** What a feed ends with when it is not its client who ends it. */
    static byte[] error(String code, String detail, Position seen) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("code", code);
        data.put("detail", detail);
        data.put("resume_after", seen.toString());
        return bytes("id: " + seen + "\nevent: error\ndata: " + HotJson.text(data) + "\n\n");
    }

    private static void putUnlessNull(Map<String, @Nullable Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
