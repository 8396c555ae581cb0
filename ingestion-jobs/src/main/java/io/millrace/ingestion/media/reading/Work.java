package io.millrace.ingestion.media.reading;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.streaming.api.functions.async.ResultFuture;

/** Threads that wait for other programs while the job goes on. */
final class Work implements AutoCloseable {
    private final ExecutorService threads;
    private final ExecutorService connections;
    private final HttpClient http;

    /** @param atOnce how many wait at a time */
    Work(String name, int atOnce) {
        threads = Executors.newFixedThreadPool(atOnce, daemons(name));
        connections = Executors.newCachedThreadPool(daemons(name + "-http"));
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .executor(connections)
                .build();
    }

    HttpClient http() {
        return http;
    }

    /** What fails fails the job, which tries again. */
    <T> void start(Callable<T> work, ResultFuture<T> result) {
        threads.execute(() -> {
            try {
                result.complete(List.of(work.call()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception | LinkageError e) {
                result.completeExceptionally(e);
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
        connections.shutdownNow();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "millrace-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
