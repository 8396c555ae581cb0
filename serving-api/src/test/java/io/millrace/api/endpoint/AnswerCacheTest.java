package io.millrace.api.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
    private static final Endpoint ENDPOINT =
            EndpointFile.parse("x.sql", "-- GET /v1/x\n-- param p INT\n-- cache 5 s\nSELECT :p");

    private final AtomicLong nanoTime = new AtomicLong();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AnswerCache cache = new AnswerCache(10_000, nanoTime::get, metrics);
    private final AtomicInteger queries = new AtomicInteger();

    @Test
    void answerIsKeptForItsTimeAndNoLonger() {
        cache.answer(call(1), this::query);
        advance(4_999);
        assertThat(cache.find(call(1)).map(AnswerCache.Kept::ageSeconds)).hasValue(4L);
        assertThat(cache.find(call(2))).isEmpty();
        advance(1);
        assertThat(cache.find(call(1))).isEmpty();
        cache.answer(call(1), this::query);
        assertThat(queries).hasValue(2);
        assertThat(count("hit")).isEqualTo(1);
        assertThat(count("miss")).isEqualTo(2);
    }

    @Test
    void identicalCallsAtTheSameTimeMakeOneQuery() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<CompletableFuture<Answer>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CompletableFuture<Answer> caller = new CompletableFuture<>();
            callers.add(caller);
            new Thread(() -> caller.complete(cache.answer(call(1), call -> {
                        awaitQuietly(release);
                        return query(call);
                    })))
                    .start();
        }
        await().until(() -> count("hit") == 7);
        release.countDown();
        for (CompletableFuture<Answer> caller : callers) {
            assertThat(caller.get(10, TimeUnit.SECONDS).body()).isEqualTo("answer 1");
        }
        assertThat(queries).hasValue(1);
    }

    @Test
    void failureReachesItsCallerAndIsNotKept() {
        assertThatThrownBy(() -> cache.answer(call(1), call -> {
                    throw new ProblemException(ProblemCode.SQL_UNAVAILABLE, "away");
                }))
                .isInstanceOf(ProblemException.class)
                .hasMessage("away");
        assertThat(cache.answer(call(1), this::query).body()).isEqualTo("answer 1");
    }

    @Test
    void leastRecentlyUsedAnswersGoWhenMemoryRunsShort() {
        for (int i = 0; i < 100; i++) {
            cache.answer(call(i), this::query);
            assertThat(cache.find(call(0))).isPresent();
        }
        assertThat(cache.find(call(99))).isPresent();
        assertThat(cache.find(call(1))).isEmpty();
        assertThat(metrics.get("millrace.api.cache.bytes").gauge().value()).isBetween(5_000.0, 10_000.0);
    }

    private Answer query(Call call) {
        queries.incrementAndGet();
        return new Answer(true, "answer " + call.values().get("p"), null, "tag");
    }

    private static Call call(int value) {
        return new Call(ENDPOINT, Map.of("p", value));
    }

    private void advance(long millis) {
        nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private double count(String result) {
        return metrics.get("millrace.api.cache.requests")
                .tag("result", result)
                .counter()
                .count();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
