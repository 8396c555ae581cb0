package io.millrace.api.changes;

import io.millrace.api.problem.ProblemCode;
import io.millrace.changes.ChangeLog;
import io.millrace.changes.ChangeReader;
import io.millrace.changes.PositionException;
import io.millrace.changes.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a client that is far behind, by a reader of its own, to where it can follow the feed. */
record CatchUp(ChangeFeed feed, ChangeLog changes, ChangeClient client) implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    private static final Duration POLL = Duration.ofSeconds(1);

    /** There is something to read, else the client could follow. */
    private static final int STANDING_POLLS = 10;

    /** So long a client may take for the changes of one poll: others wait for its place. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void run() {
        try {
            while (client.open() && !read()) {
                // The feed has said in the log that the store is away.
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            client.end();
        } catch (PositionException e) {
            client.fail(ProblemCode.POSITION_EXPIRED.code(), e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            log.error("a client cannot be brought up to {}", client.position(), e);
            client.fail(ProblemCode.INTERNAL_ERROR.code(), "the feed failed: the log of serving-api says why");
        }
    }

    /** Whether it is done; else the store was away, or its reader stood, and it is to be tried again. */
    private boolean read() throws InterruptedException {
        try {
            changes.requireKept(client.position());
            try (ChangeReader reader = changes.read(client.position())) {
                int empty = 0;
                while (client.open() && !feed.join(client)) {
                    var read = reader.poll(POLL).stream().map(ChangeEvent::of).toList();
                    empty = read.isEmpty() && reader.position().equals(client.position()) ? empty + 1 : 0;
                    if (empty == STANDING_POLLS) {
                        log.warn("nothing is read after {}, though the log goes on: trying again", client.position());
                        return false;
                    }
                    if (!client.send(read, reader.position(), PATIENCE)) {
                        client.tooSlow();
                        return true;
                    }
                }
                return true;
            }
        } catch (StoreException e) {
            return false;
        }
    }
}
