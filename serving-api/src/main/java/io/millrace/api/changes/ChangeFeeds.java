package io.millrace.api.changes;

import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.changes.ChangeLog;
import io.millrace.changes.Position;
import jakarta.servlet.ServletOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All clients and the feeds they follow, one for each table. */
final class ChangeFeeds implements AutoCloseable {
    private static final int RETRY_SECONDS = 5;

    private final ChangeSettings settings;
    private final Semaphore places;
    private final Set<ChangeClient> clients = ConcurrentHashMap.newKeySet();
    private final Map<String, ChangeFeed> feeds = new HashMap<>();
    private final ThreadPoolExecutor catchUps;
    private final ScheduledThreadPoolExecutor heartbeats;
    private boolean closed;

    ChangeFeeds(ChangeSettings settings) {
        this.settings = settings;
        this.places = new Semaphore(settings.clients());
        this.catchUps = new ThreadPoolExecutor(
                settings.catchUps(),
                settings.catchUps(),
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "changes-catch-up"));
        catchUps.allowCoreThreadTimeOut(true);
        this.heartbeats = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "changes-heartbeats"));
        heartbeats.scheduleAtFixedRate(
                () -> clients.forEach(ChangeClient::heartbeat),
                settings.heartbeatSeconds(),
                settings.heartbeatSeconds(),
                TimeUnit.SECONDS);
    }

    /**
     * Begins to send a table's changes.
     *
     * @param position after which they are sent
     * @param latest the table's own, asked for after the position
     * @return completed when the feed has ended
     * @throws ProblemException when there are too many clients
     */
    CompletableFuture<@Nullable Void> open(
            String table, ChangeLog changes, Position position, Position latest, ServletOutputStream output) {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_CLIENTS,
                    settings.clients() + " clients follow changes already: try again, or raise 'changesClients'",
                    RETRY_SECONDS);
        }
        ChangeClient client = new ChangeClient(output, position);
        clients.add(client);
        ChangeFeed feed = feed(table, changes, latest, client);
        CompletableFuture<@Nullable Void> ended = client.ended().whenComplete((nothing, failure) -> {
            places.release();
            clients.remove(client);
            feed.remove(client);
        });
        output.setWriteListener(client);
        if (!feed.join(client)) {
            catchUps.execute(new CatchUp(feed, changes, client));
        }
        return ended;
    }

    private synchronized ChangeFeed feed(String table, ChangeLog changes, Position latest, ChangeClient client) {
        ChangeFeed known = feeds.get(table);
        if (known != null && known.add(client, changes)) {
            return known;
        }
        ChangeFeed feed =
                new ChangeFeed(table, changes, changes.near(client.position(), latest), settings.bufferBytes());
        feed.add(client, changes);
        feeds.put(table, feed);
        daemon(
                        () -> {
                            feed.run();
                            forget(table, feed);
                        },
                        "changes-" + table)
                .start();
        if (closed) {
            feed.end();
            client.end();
        }
        return feed;
    }

    private synchronized void forget(String table, ChangeFeed feed) {
        feeds.remove(table, feed);
        notifyAll();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Ends all of them; their clients come again. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            feeds.values().forEach(ChangeFeed::end);
        }
        clients.forEach(ChangeClient::end);
        heartbeats.shutdownNow();
        catchUps.shutdownNow();
    }
}
