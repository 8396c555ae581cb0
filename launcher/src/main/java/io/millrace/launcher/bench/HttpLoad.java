package io.millrace.launcher.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Requests over a few connections.
 *
 * @param latencies of an open loop from the moment at which each was due, however late it was sent
 * @param absent answers 404: a row may have gone since its key was read
 * @param errors answers other than 200 and 404
 */
record HttpLoad(Latencies latencies, double perSecond, int absent, int errors) {
    /** A call of a path. */
    private interface Turn {
        /** Waits until the call is due; returns the nanoseconds from which it counts. */
        long await(int call);
    }

    /** Requests that come when they come, whether or not earlier ones are answered. */
    static HttpLoad open(URI base, int connections, int calls, double perSecond, IntFunction<String> paths)
            throws InterruptedException, IOException {
        long begin = System.nanoTime() + 200_000_000;
        return run(base, connections, calls, paths, call -> {
            long due = begin + (long) (call * 1e9 / perSecond);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return due;
        });
    }

    /** Each connection asks again as soon as it is answered. */
    static HttpLoad closed(URI base, int connections, int calls, IntFunction<String> paths)
            throws InterruptedException, IOException {
        return run(base, connections, calls, paths, call -> System.nanoTime());
    }

    private static HttpLoad run(URI base, int connections, int calls, IntFunction<String> paths, Turn turn)
            throws InterruptedException, IOException {
        long[] nanos = new long[calls];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger absent = new AtomicInteger();
        AtomicInteger errors = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        long start = System.nanoTime();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                running.add(threads.submit(() -> {
                    try (HttpCaller caller = new HttpCaller(base)) {
                        for (int call = next.getAndIncrement(); call < calls; call = next.getAndIncrement()) {
                            long from = turn.await(call);
                            int status = caller.get(paths.apply(call));
                            if (status == 404) {
                                absent.incrementAndGet();
                            } else if (status != 200) {
                                errors.incrementAndGet();
                            }
                            nanos[call] = System.nanoTime() - from;
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a request failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
        double perSecond = calls * 1e9 / (System.nanoTime() - start);
        return new HttpLoad(new Latencies(nanos), perSecond, absent.get(), errors.get());
    }

    /** The median of rounds that take turns. */
    static double[] medianPerSecond(int rounds, List<Round> kinds) throws InterruptedException, IOException {
        double[][] perSecond = new double[kinds.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int kind = 0; kind < kinds.size(); kind++) {
                perSecond[kind][round] = kinds.get(kind).run().perSecond();
            }
        }
        return Arrays.stream(perSecond)
                .mapToDouble(values -> {
                    Arrays.sort(values);
                    return values[rounds / 2];
                })
                .toArray();
    }

    /** One kind of load. */
    interface Round {
        HttpLoad run() throws InterruptedException, IOException;
    }
}
