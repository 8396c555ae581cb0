package io.millrace.hot;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.fluss.client.Connection;
import org.apache.fluss.client.ConnectionFactory;
import org.apache.fluss.client.admin.Admin;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.exception.TableNotExistException;
import org.apache.fluss.metadata.TableInfo;
import org.apache.fluss.metadata.TablePath;
import org.jspecify.annotations.Nullable;

/**
 * The way to the hot store, for many threads at a time. It connects when it is first needed, so the hot store may come
 * later, and finds it again after it was away.
 */
public final class HotConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 1000;
    private static final int RETRY_MILLIS = 200;

    private final String bootstrap;
    private final Duration patience;
    private @Nullable Connection connection;

    /**
     * @param bootstrap {@code HOST:PORT}
     * @param patience how long an answer is waited for
     */
    public HotConnection(String bootstrap, Duration patience) {
        this.bootstrap = bootstrap;
        this.patience = patience;
    }

    /** Whether the coordinator listens, which it does last. */
    public static boolean listens(String bootstrap) {
        int colon = bootstrap.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            bootstrap.substring(0, colon), Integer.parseInt(bootstrap.substring(colon + 1))),
                    CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws HotStoreException when the coordinator does not listen */
    void requireListening() {
        if (!listens(bootstrap)) {
            throw new HotStoreException("the hot store at " + bootstrap + " does not answer");
        }
    }

    /** @throws HotStoreException when the hot store does not answer */
    synchronized Connection get() {
        if (connection == null) {
            // The client would try for long.
            requireListening();
            Configuration configuration = new Configuration();
            configuration.setString("bootstrap.servers", bootstrap);
            // Else each lookup waits 100 ms for others to be sent with it; without any wait each is a request of its
            // own.
            configuration.setString("client.lookup.batch-timeout", "1 ms");
            configuration.setString("client.request-timeout", patience.toSeconds() + " s");
            // Several readers of changelogs share a small heap; the defaults are 16 MiB and 1 MiB.
            configuration.setString("client.scanner.log.fetch.max-bytes", "2 mb");
            configuration.setString("client.scanner.log.fetch.max-bytes-for-bucket", "256 kb");
            // A write wakes no reader where there is one replica: it would wait 500 ms for what is there.
            configuration.setString("client.scanner.log.fetch.wait-max-time", "25 ms");
            connection = connect(configuration);
        }
        return connection;
    }

    /** A coordinator that listens may still refuse for a moment. */
    private Connection connect(Configuration configuration) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return ConnectionFactory.createConnection(configuration);
            } catch (RuntimeException e) {
                if (System.nanoTime() > deadline) {
                    throw new HotStoreException(
                            "the hot store at " + bootstrap + " does not answer: " + e.getMessage(), e);
                }
                pause();
            }
        }
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HotStoreException("waiting for the hot store was interrupted", e);
        }
    }

    /**
     * Waits for an answer.
     *
     * @param what begins the message when none comes
     * @throws ExecutionException when the answer is a failure
     * @throws HotStoreException when none comes in time
     */
    <T> T await(String what, CompletableFuture<T> answer) throws ExecutionException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HotStoreException(
                    what + ": the hot store at " + bootstrap + " did not answer within " + patience.toSeconds() + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HotStoreException(what + ": interrupted", e);
        }
    }

    /**
     * Waits for an answer that is none of the expected failures.
     *
     * @throws HotStoreException when it is a failure, or none comes in time
     */
    <T> T answer(String what, CompletableFuture<T> answer) {
        try {
            return await(what, answer);
        } catch (ExecutionException e) {
            throw new HotStoreException(what + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * Asks; what Fluss throws at once, as when it finds no server, is a failure like one that comes later.
     *
     * @throws HotStoreException when the hot store does not answer
     */
    <T> CompletableFuture<T> ask(Function<Admin, CompletableFuture<T>> question) {
        Admin admin = admin();
        try {
            return question.apply(admin);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * A table as it is now, if it is there.
     *
     * @throws HotStoreException when the hot store does not answer
     */
    Optional<TableInfo> describe(TablePath path) {
        String what = "table hot." + path;
        try {
            return Optional.of(await(what, ask(admin -> admin.getTableInfo(path))));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TableNotExistException) {
                return Optional.empty();
            }
            throw new HotStoreException(what + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** @throws HotStoreException when the hot store does not answer */
    Admin admin() {
        return get().getAdmin();
    }

    @Override
    public synchronized void close() throws Exception {
        if (connection != null) {
            connection.close();
        }
    }
}
