package io.millrace.api.changes;

import io.millrace.changes.Position;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client of a feed. It is written to whenever it can take something, by whichever thread has something for it, and
 * none waits for it.
 */
final class ChangeClient implements WriteListener {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final byte[] NOTHING = new byte[0];

    private final ServletOutputStream output;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    /** After everything that was written to it. */
    private Position position;

    /** What is written before anything else, and the position after it. */
    private byte[] first;

    private Position afterFirst;

    private @Nullable RecentChanges recent;
    private long number;
    private boolean writable;
    private boolean unflushed;
    private boolean heartbeat;
    private boolean last;

    ChangeClient(ServletOutputStream output, Position position) {
        this.output = output;
        this.position = position;
        this.first = ChangeEvent.beginning(position);
        this.afterFirst = position;
    }

    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    boolean open() {
        return !ended.isDone();
    }

    synchronized Position position() {
        return afterFirst;
    }

    /** From now on it is served from there; the caller has found the number for its position. */
    synchronized void follow(RecentChanges changes, long from) {
        recent = changes;
        number = from;
        pump();
    }

    /**
     * Gives it changes that it must get before it follows, and waits until it has taken them.
     *
     * @return false when it did not in time
     */
    synchronized boolean send(List<ChangeEvent> changes, Position after, Duration patience)
            throws InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(first);
        Position at = afterFirst;
        for (ChangeEvent change : changes) {
            at = at.after(change.place());
            text.writeBytes(ChangeEvent.id(at));
            text.writeBytes(change.text());
        }
        first = text.toByteArray();
        afterFirst = after;
        pump();
        long deadline = System.nanoTime() + patience.toNanos();
        while (open() && (first.length > 0 || unflushed)) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /** Waits until it has taken all events before the one of that number; false when it has not in time. */
    synchronized boolean takes(long event, long deadlineNanos) {
        while (open() && recent != null && number < event) {
            long millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
        return true;
    }

    synchronized void heartbeat() {
        heartbeat = true;
        pump();
    }

    /** Tells it why its feed ends, as soon as it takes that, and ends it. */
    synchronized void fail(String code, String detail) {
        if (!last) {
            last = true;
            recent = null;
            first = ChangeEvent.error(code, detail, position);
            pump();
        }
    }

    /** Ends its feed without a word: it will come again. */
    synchronized void end() {
        recent = null;
        ended.complete(null);
        notifyAll();
    }

    /** Writes until there is nothing more or it takes no more; then {@link #onWritePossible} goes on. */
    synchronized void pump() {
        try {
            while (writable && open() && output.isReady()) {
                byte[] text = unflushed ? NOTHING : next();
                if (text.length > 0) {
                    output.write(text);
                    unflushed = true;
                } else if (unflushed) {
                    unflushed = false;
                    output.flush();
                } else {
                    notifyAll();
                    if (last) {
                        end();
                    }
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            end();
        }
    }

    private byte[] next() {
        if (first.length > 0) {
            byte[] text = first;
            first = NOTHING;
            position = afterFirst;
            return text;
        }
        if (recent != null) {
            RecentChanges.Part part = recent.read(number, position, CHUNK_BYTES);
            if (part == null) {
                tooSlow();
                return next();
            }
            number = part.number();
            position = part.position();
            afterFirst = position;
            notifyAll();
            if (part.text().length > 0) {
                return part.text();
            }
        }
        boolean beat = heartbeat && !last;
        heartbeat = false;
        return beat ? ChangeEvent.heartbeat(position) : NOTHING;
    }

    /** It does not keep up with the table. */
    synchronized void tooSlow() {
        fail("too_slow", "this client takes changes more slowly than they come: go on after 'resume_after'");
    }

    @Override
    public synchronized void onWritePossible() {
        writable = true;
        pump();
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }
}
