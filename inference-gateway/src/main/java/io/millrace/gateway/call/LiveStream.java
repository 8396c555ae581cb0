package io.millrace.gateway.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.answer.Chunks;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The chunks of a call on their way to the caller who began it. The newest content is always held back, and from the
 * first tool call or finish reason on everything is, so that nobody has a whole answer before it is committed.
 */
final class LiveStream {
    private final EventSink sink;
    private final boolean withUsage;
    private final Queue<String> held = new ArrayDeque<>();
    private String callId = "";
    private boolean hasContent;
    private boolean holding;
    private boolean started;

    /** @param withUsage whether the caller asked for the chunk with the usage */
    LiveStream(EventSink sink, boolean withUsage) {
        this.sink = sink;
        this.withUsage = withUsage;
    }

    /** Begins a try: what an earlier one left is forgotten. */
    synchronized void begin(String callId) {
        this.callId = callId;
        held.clear();
        hasContent = false;
        holding = false;
    }

    /** Whether the caller has been shown something, so that no other try can take this one's place. */
    synchronized boolean started() {
        return started;
    }

    synchronized void add(String text, ObjectNode chunk) {
        JsonNode choices = chunk.path("choices");
        if (choices.isEmpty() && !withUsage) {
            return;
        }
        boolean content = false;
        for (JsonNode choice : choices) {
            content |= !choice.path("delta").path("content").asText("").isEmpty();
            holding |= choice.hasNonNull("finish_reason")
                    || !choice.path("delta").path("tool_calls").isEmpty();
        }
        // The first content waits too: with nothing shown, a call that goes wrong can still be tried again.
        if (content && !holding && hasContent) {
            release();
        }
        hasContent |= content;
        held.add(text);
    }

    /** The answer is committed: the caller may have the rest. */
    synchronized void finish() {
        release();
        sink.send(Chunks.DONE);
    }

    private void release() {
        if (!started) {
            started = true;
            sink.open(callId);
        }
        held.forEach(sink::send);
        held.clear();
    }
}
