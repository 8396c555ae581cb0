package io.millrace.api.hot;

import io.millrace.api.problem.ProblemCode;
import io.millrace.hot.ChangeLog;
import io.millrace.hot.ChangeReader;
import io.millrace.hot.HotStoreException;
import io.millrace.hot.PositionException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Brings a client that is far behind, by a reader of its own, to where it can follow the feed. */
record CatchUp(ChangeFeed feed, ChangeLog changes, ChangeClient client) implements Runnable {
    private static final Duration POLL = Duration.ofSeconds(1);

    /** So long a client may take for the changes of one poll: others wait for its place. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void run() {
        try {
            boolean done = false;
            while (!done) {
                done = read();
            }
        } catch (InterruptedException e) {
            client.end();
        } catch (PositionException e) {
            client.fail(ProblemCode.POSITION_EXPIRED.code(), e.getMessage());
        }
    }

    /** Whether it is done; else the hot store was away and it is to be tried again. */
    private boolean read() throws InterruptedException {
        try {
            changes.requireKept(client.position());
            try (ChangeReader reader = changes.read(client.position())) {
                while (client.open() && !feed.join(client)) {
                    var read = reader.poll(POLL).stream().map(ChangeEvent::of).toList();
                    if (!client.send(read, reader.position(), PATIENCE)) {
                        client.tooSlow();
                    }
                }
                return true;
            }
        } catch (HotStoreException e) {
            TimeUnit.SECONDS.sleep(1);
            return !client.open();
        }
    }
}
