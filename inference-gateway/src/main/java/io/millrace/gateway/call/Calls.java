package io.millrace.gateway.call;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.answer.AnswerCheck;
import io.millrace.gateway.ledger.Ledger;
import io.millrace.gateway.ledger.LedgerException;
import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.GatewayException;
import io.millrace.gateway.provider.Provider;
import io.millrace.gateway.provider.Retries;
import io.millrace.gateway.provider.Revision;
import io.millrace.gateway.provider.Revisions;
import io.millrace.service.Nearest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers calls: from memory, from the ledger, from the same call in flight, or by paying for it once. */
public final class Calls {
    private static final Logger log = LoggerFactory.getLogger(Calls.class);

    private final Map<String, Model> models = new HashMap<>();
    private final Map<String, CompletableFuture<CallAnswer>> inFlight = new ConcurrentHashMap<>();
    private final CallInFlight.Tools tools;
    private final AnswerCache cache;
    private final Hits hits;
    private final CallMetrics metrics;
    private volatile boolean ending;

    /** @param providers the models by alias */
    public Calls(
            CallLimits limits,
            Map<String, Provider> providers,
            Ledger ledger,
            Retries retries,
            ScheduledExecutorService timer,
            MeterRegistry registry) {
        this.metrics = new CallMetrics(registry);
        this.tools = new CallInFlight.Tools(ledger, retries, limits.maxAttempts(), metrics);
        this.cache = new AnswerCache(limits.cacheBytes());
        this.hits = new Hits(ledger);
        providers.forEach((alias, provider) -> models.put(
                alias,
                new Model(
                        alias,
                        provider,
                        new Revisions(provider, Duration.ofSeconds(limits.revisionSeconds()), () -> ledger.lastRevision(
                                        provider.settings().model())
                                .thenApply(LedgerRevision::revision)),
                        new Slots(alias, provider.settings().maxConcurrent(), limits.queueSeconds(), timer))));
        timer.scheduleWithFixedDelay(hits::flush, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Answers a call. The future fails with {@link GatewayException} or {@link ProviderRefused}.
     *
     * @param live where to relay chunks when this very call is paid for, null when the caller wants none
     */
    public CompletableFuture<CallAnswer> answer(CallRequest request, @Nullable LiveCaller live) {
        Model model = models.get(request.alias());
        if (model == null) {
            throw new GatewayException(
                    ErrorCode.MODEL_NOT_FOUND,
                    "model '" + request.alias() + "' is not one of this gateway's: "
                            + String.join(
                                    ", ", models.keySet().stream().sorted().toList())
                            + Nearest.to(request.alias(), models.keySet())
                                    .map(nearest -> " — did you mean '" + nearest + "'?")
                                    .orElse(""));
        }
        AnswerCheck check = AnswerCheck.of(request.kind(), request.body());
        return model.revisions().current().thenCompose(revision -> answer(model, request, revision, check, live));
    }

    private CompletableFuture<CallAnswer> answer(
            Model model, CallRequest request, Revision revision, AnswerCheck check, @Nullable LiveCaller live) {
        String identity = request.identity(model.upstream(), revision.text(), 1);
        var kept = cache.find(identity);
        if (kept.isPresent()) {
            hits.count(kept.get().callId());
            metrics.answered(model.alias(), "hit");
            return CompletableFuture.completedFuture(kept.get());
        }
        if (ending) {
            throw new GatewayException(ErrorCode.SHUTTING_DOWN, "the gateway is ending: ask again", 2, null);
        }
        CompletableFuture<CallAnswer> mine = new CompletableFuture<>();
        CompletableFuture<CallAnswer> present = inFlight.putIfAbsent(identity, mine);
        if (present != null) {
            return present.thenApply(answer -> {
                hits.count(answer.callId());
                metrics.answered(model.alias(), "joined");
                return answer.asHit();
            });
        }
        LiveStream stream = live == null ? null : new LiveStream(live.sink(), live.withUsage());
        new CallInFlight(tools, model, request, revision, check, stream)
                .run()
                .whenComplete((answer, failure) -> end(identity, mine, answer, failure, stream));
        mine.whenComplete((answer, failure) -> metrics.answered(model.alias(), result(answer, failure)));
        return mine;
    }

    private void end(
            String identity,
            CompletableFuture<CallAnswer> mine,
            @Nullable CallAnswer answer,
            @Nullable Throwable failure,
            @Nullable LiveStream stream) {
        if (answer != null) {
            // In memory before it leaves the calls in flight: there is no moment at which it would be paid again.
            cache.keep(identity, answer);
            inFlight.remove(identity);
            if (answer.hit()) {
                hits.count(answer.callId());
            }
            if (stream != null && stream.started()) {
                stream.finish();
            }
            mine.complete(answer);
        } else {
            inFlight.remove(identity);
            Throwable cause = Retries.unwrap(failure == null ? new IllegalStateException("no answer") : failure);
            mine.completeExceptionally(
                    cause instanceof LedgerException
                            ? new GatewayException(
                                    ErrorCode.LEDGER_UNAVAILABLE,
                                    "the ledger cannot be reached: nothing was paid, ask again",
                                    2,
                                    null)
                            : cause);
        }
    }

    private static String result(@Nullable CallAnswer answer, @Nullable Throwable failure) {
        if (answer != null) {
            return answer.hit() ? "hit" : "paid";
        }
        return failure instanceof GatewayException problem ? problem.code().text() : "provider_refused";
    }

    /** Calls in flight now. */
    public int inFlight() {
        return inFlight.size();
    }

    /** Takes no more calls that would have to be paid, lets those in flight end for a while, and writes the hits. */
    public void end(Duration limit) {
        ending = true;
        try {
            CompletableFuture.allOf(inFlight.values().toArray(CompletableFuture[]::new))
                    .exceptionally(failure -> null)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("{} calls are cut off: they become abandoned at the next start", inFlight.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            log.error("calls in flight did not end", e);
        }
        hits.flush().join();
    }
}
