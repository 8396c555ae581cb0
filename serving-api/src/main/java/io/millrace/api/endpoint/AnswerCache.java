package io.millrace.api.endpoint;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Answers given again for as long as their endpoint allows. Of identical calls at the same time one asks the SQL server
 * and the others wait for it. Failures are not kept. The least recently used answers go when memory runs short.
 */
final class AnswerCache {
    /** What an entry weighs besides its body, roughly. */
    private static final int ENTRY_BYTES = 512;

    /** A kept answer and how old it is. */
    record Kept(Answer answer, long ageSeconds) {}

    private static final class Entry {
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        long bornNanos;
        long bytes;
    }

    private final Map<Call, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private final Counter hits;
    private final Counter misses;
    private long bytes;

    AnswerCache(long maxBytes, LongSupplier nanoTime, MeterRegistry metrics) {
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
        this.hits = counter("hit", metrics);
        this.misses = counter("miss", metrics);
        Gauge.builder("millrace.api.cache.bytes", this, AnswerCache::bytes)
                .description("Memory the kept answers take")
                .baseUnit("bytes")
                .register(metrics);
    }

    /** The kept answer, if one is young enough. */
    synchronized Optional<Kept> find(Call call) {
        Entry entry = entries.get(call);
        if (entry == null || !entry.answer.isDone() || expired(call, entry)) {
            return Optional.empty();
        }
        hits.increment();
        return Optional.of(new Kept(entry.answer.join(), age(entry)));
    }

    /** The answer of the call under way, or else of {@code query}, which is then kept. */
    Answer answer(Call call, Function<Call, Answer> query) {
        Entry entry;
        boolean mine = false;
        synchronized (this) {
            Entry present = entries.get(call);
            if (present == null || (present.answer.isDone() && expired(call, present))) {
                remove(call);
                present = new Entry();
                entries.put(call, present);
                mine = true;
            }
            entry = present;
        }
        if (!mine) {
            hits.increment();
            return await(entry);
        }
        misses.increment();
        try {
            Answer answer = query.apply(call);
            keep(entry, answer);
            return answer;
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                entries.remove(call, entry);
            }
            entry.answer.completeExceptionally(e);
            throw e;
        }
    }

    private synchronized void keep(Entry entry, Answer answer) {
        entry.bornNanos = nanoTime.getAsLong();
        entry.bytes = ENTRY_BYTES + 2L * answer.body().length();
        bytes += entry.bytes;
        entry.answer.complete(answer);
        Iterator<Map.Entry<Call, Entry>> eldest = entries.entrySet().iterator();
        while (bytes > maxBytes && eldest.hasNext()) {
            Entry candidate = eldest.next().getValue();
            if (candidate.answer.isDone()) {
                bytes -= candidate.bytes;
                eldest.remove();
            }
        }
    }

    private void remove(Call call) {
        Entry entry = entries.remove(call);
        if (entry != null) {
            bytes -= entry.bytes;
        }
    }

    private boolean expired(Call call, Entry entry) {
        return age(entry) >= call.endpoint().cacheSeconds();
    }

    private long age(Entry entry) {
        return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - entry.bornNanos);
    }

    private synchronized double bytes() {
        return bytes;
    }

    private static Counter counter(String result, MeterRegistry metrics) {
        return Counter.builder("millrace.api.cache.requests")
                .description("Requests of endpoints with a cache option, by whether they cost a query")
                .tag("result", result)
                .register(metrics);
    }

    private static Answer await(Entry entry) {
        try {
            return entry.answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
