package io.millrace.api.endpoint;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Finds the answer to a call, in the cache or by a query, while no more than a bounded number of callers wait. */
public final class Answers {
    private final AnswerCache cache;
    private final Function<Call, Answer> query;
    private final Semaphore waiting;

    /**
     * @param query asks the SQL server
     * @param maxWaiting callers that may wait for the SQL server at the same time; one more is refused
     */
    public Answers(Function<Call, Answer> query, int maxWaiting, long cacheBytes, MeterRegistry metrics) {
        this.query = query;
        this.waiting = new Semaphore(maxWaiting);
        this.cache = new AnswerCache(cacheBytes, System::nanoTime, metrics);
    }

    /** The answer of now to a call that is not cached. */
    public Answer ask(Call call) {
        return bounded(() -> query.apply(call));
    }

    AnswerCache.Kept answer(Call call) {
        if (call.endpoint().cacheSeconds() == 0) {
            return new AnswerCache.Kept(ask(call), 0);
        }
        return cache.find(call).orElseGet(() -> new AnswerCache.Kept(bounded(() -> cache.answer(call, query)), 0));
    }

    private Answer bounded(Supplier<Answer> answer) {
        if (!waiting.tryAcquire()) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS, "too many requests wait for the SQL server: try again shortly", 1);
        }
        try {
            return answer.get();
        } finally {
            waiting.release();
        }
    }
}
