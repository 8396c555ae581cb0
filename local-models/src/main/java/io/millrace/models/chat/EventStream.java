package io.millrace.models.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Chunks of an answer as server-sent events; the response begins with the first, so that errors before it are whole. */
final class EventStream {
    private final Context context;
    private final ChatDocuments documents;
    private @Nullable OutputStream out;

    EventStream(Context context, ChatDocuments documents) {
        this.context = context;
        this.documents = documents;
    }

    boolean started() {
        return out != null;
    }

    /** False when the client is gone. */
    boolean text(String piece) {
        try {
            send(documents.text(piece).toString());
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    void end(Answer answer, boolean includeUsage) {
        answer.call().ifPresent(call -> send(documents.toolCall(call).toString()));
        send(documents.end(answer).toString());
        if (includeUsage) {
            send(documents.usageChunk(answer).toString());
        }
        send("[DONE]");
    }

    /** Tells the client of an error after the response has begun. */
    void fail(ObjectNode error) {
        send(error.toString());
    }

    private void send(String data) {
        try {
            OutputStream stream = out;
            if (stream == null) {
                context.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store");
                stream = context.res().getOutputStream();
                out = stream;
                write(stream, documents.role().toString());
            }
            write(stream, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream stream, String data) throws IOException {
        stream.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }
}
