package io.millrace.sql.protocol;

import io.millrace.sql.result.Rows;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The rows of an executed statement that its client fetches some at a time. */
final class Cursor implements AutoCloseable {
    private final Queue<PacketBuilder> buffered = new ArrayDeque<>();
    private @Nullable Rows rows;

    Cursor(Rows rows) {
        this.rows = rows;
    }

    /** Reads the rest into memory, so that the session can run another statement. */
    void detach() {
        PacketBuilder row = next();
        while (row != null) {
            buffered.add(row);
            row = next();
        }
    }

    /** Sends up to {@code count} rows; returns whether there may be more. */
    boolean fetch(Packets packets, long count) throws IOException {
        for (long sent = 0; sent < count; sent++) {
            PacketBuilder row = buffered.isEmpty() ? next() : buffered.remove();
            if (row == null) {
                return false;
            }
            packets.send(row);
        }
        return true;
    }

    private @Nullable PacketBuilder next() {
        Rows open = rows;
        if (open == null) {
            return null;
        }
        if (open.next()) {
            return ResultWriter.binaryRow(open, open.columns());
        }
        close();
        return null;
    }

    @Override
    public void close() {
        Rows open = rows;
        rows = null;
        if (open != null) {
            open.close();
        }
    }
}
