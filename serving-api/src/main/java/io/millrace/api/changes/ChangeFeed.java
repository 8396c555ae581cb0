package io.millrace.api.changes;

import io.millrace.api.problem.ProblemCode;
import io.millrace.changes.Change;
import io.millrace.changes.ChangeLog;
import io.millrace.changes.ChangeReader;
import io.millrace.changes.Position;
import io.millrace.changes.PositionException;
import io.millrace.changes.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes of one table: read once, by a thread of its own, for all clients that keep up. */
final class ChangeFeed implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long RETRY_MILLIS = 1000;
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** So long all wait for the slowest of them, at most, for each quarter of what is kept. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So long it goes on without clients: they come back. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String table;
    private final RecentChanges recent;
    private final Set<ChangeClient> clients = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile ChangeLog changes;
    private Position at;
    private volatile long lastUsed = System.nanoTime();

    ChangeFeed(String table, ChangeLog changes, Position begin, long bufferBytes) {
        this.table = table;
        this.changes = changes;
        this.at = begin;
        this.recent = new RecentChanges(begin, bufferBytes);
    }

    /** Whether it took the client; not when it is over, or its table was replaced. */
    synchronized boolean add(ChangeClient client, ChangeLog described) {
        if (!changes.sameTable(described)) {
            endReplaced();
        }
        return !over() && clients.add(client);
    }

    void remove(ChangeClient client) {
        clients.remove(client);
        lastUsed = System.nanoTime();
    }

    /** Lets the client follow; false while it is further behind than what is kept. */
    boolean join(ChangeClient client) {
        OptionalLong number = recent.find(client.position());
        number.ifPresent(from -> client.follow(recent, from));
        return number.isPresent();
    }

    boolean over() {
        return over.getCount() == 0;
    }

    void end() {
        over.countDown();
    }

    @Override
    public void run() {
        boolean away = false;
        while (!over()) {
            try {
                follow();
                away = false;
            } catch (StoreException e) {
                if (!away) {
                    log.warn("{}: trying again until it is back", e.getMessage());
                }
                away = true;
                pause();
            } catch (PositionException e) {
                fail(ProblemCode.POSITION_EXPIRED, e.getMessage());
            } catch (RuntimeException | LinkageError e) {
                log.error("the changes of {} cannot be sent", table, e);
                fail(ProblemCode.INTERNAL_ERROR, "the feed failed: the log of serving-api says why");
            }
        }
    }

    /** Reads until the reader must be made anew. */
    private void follow() {
        if (!describe()) {
            return;
        }
        try (ChangeReader reader = changes.read(at)) {
            long checked = System.nanoTime();
            Position atCheck = at;
            while (!over() && used()) {
                List<Change> read = reader.poll(POLL);
                Position position = reader.position();
                recent.parts(read.stream().map(ChangeEvent::of).toList()).forEach(this::send);
                recent.reach(position);
                at = position;
                if (System.nanoTime() - checked > CHECK_NANOS) {
                    ChangeLog before = changes;
                    boolean stands = at.equals(atCheck) && !at.reaches(changes.latest());
                    if (stands || !describe() || !changes.sameColumns(before)) {
                        return;
                    }
                    checked = System.nanoTime();
                    atCheck = at;
                }
            }
        }
    }

    /** Waits a little for clients that would lose a change by it: a burst is no reason to cut them off. */
    private void send(List<ChangeEvent> part) {
        long oldest = recent.oldestWith(part);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (ChangeClient client : clients) {
            if (!client.takes(oldest, deadline)) {
                client.tooSlow();
            }
        }
        recent.add(part);
        clients.forEach(ChangeClient::pump);
    }

    /** Looks at the table anew; false when it can be followed no longer. */
    private boolean describe() {
        Optional<? extends ChangeLog> now = changes.now();
        if (now.isEmpty() || !now.get().sameTable(changes)) {
            endReplaced();
            return false;
        }
        changes = now.get();
        changes.requireKept(at);
        return true;
    }

    private void endReplaced() {
        fail(ProblemCode.NO_SUCH_TABLE, "the table was dropped, or replaced by another one of its name");
    }

    private void fail(ProblemCode code, String detail) {
        synchronized (this) {
            end();
        }
        for (ChangeClient client : clients) {
            client.pump();
            client.fail(code.code(), detail);
        }
    }

    private synchronized boolean used() {
        if (clients.isEmpty() && System.nanoTime() - lastUsed > LINGER_NANOS) {
            end();
        }
        return !over();
    }

    private void pause() {
        try {
            over.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            end();
        }
    }
}
