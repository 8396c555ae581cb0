package io.millrace.gateway.http;

import io.javalin.http.Context;
import io.millrace.gateway.call.EventSink;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events to one caller, without a thread that waits: what a slow caller does not take yet is kept. Once the
 * caller is gone, everything is dropped.
 */
final class EventStream implements EventSink, WriteListener {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    private final Context context;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private @Nullable ServletOutputStream out;
    private boolean writable;
    private boolean unflushed;
    private boolean ended;
    private boolean gone;

    /** @param context of a request that is handled asynchronously already */
    EventStream(Context context) {
        this.context = context;
    }

    @Override
    public void open(String callId) {
        open(callId, false);
    }

    synchronized void open(String callId, boolean hit) {
        context.status(200)
                .contentType("text/event-stream")
                .header("Cache-Control", "no-cache")
                .header("Millrace-Call", callId)
                .header("Millrace-Hit", Boolean.toString(hit));
        try {
            ServletOutputStream opened = context.res().getOutputStream();
            out = opened;
            opened.setWriteListener(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized boolean opened() {
        return out != null;
    }

    @Override
    public synchronized void send(String data) {
        if (!gone) {
            waiting.add(("data: " + data.replace("\n", "\ndata: ") + "\n\n").getBytes(StandardCharsets.UTF_8));
            write();
        }
    }

    /** Completes when everything sent is with the caller, or the caller is gone. */
    synchronized CompletableFuture<Void> end() {
        ended = true;
        write();
        return drained;
    }

    @Override
    public synchronized void onWritePossible() {
        writable = true;
        write();
    }

    @Override
    public synchronized void onError(Throwable failure) {
        log.debug("a streaming caller left", failure);
        gone = true;
        waiting.clear();
        drained.complete(null);
    }

    private void write() {
        ServletOutputStream open = out;
        if (open == null || gone) {
            return;
        }
        try {
            while (writable) {
                if (!open.isReady()) {
                    writable = false;
                } else if (!waiting.isEmpty()) {
                    open.write(waiting.remove());
                    unflushed = true;
                } else if (unflushed) {
                    unflushed = false;
                    open.flush();
                } else {
                    if (ended) {
                        writable = false;
                        drained.complete(null);
                    }
                    return;
                }
            }
        } catch (IOException e) {
            onError(e);
        }
    }
}
