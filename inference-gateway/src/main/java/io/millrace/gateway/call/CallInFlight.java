package io.millrace.gateway.call;

import io.millrace.gateway.answer.AnswerCheck;
import io.millrace.gateway.answer.Usage;
import io.millrace.gateway.ledger.CallIds;
import io.millrace.gateway.ledger.Ending;
import io.millrace.gateway.ledger.FinishedCall;
import io.millrace.gateway.ledger.Ledger;
import io.millrace.gateway.ledger.LedgerException;
import io.millrace.gateway.ledger.StartedCall;
import io.millrace.gateway.ledger.Status;
import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.GatewayException;
import io.millrace.gateway.provider.ProviderAnswer;
import io.millrace.gateway.provider.ProviderFailure;
import io.millrace.gateway.provider.ProviderRefusal;
import io.millrace.gateway.provider.Retries;
import io.millrace.gateway.provider.Revision;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call on its way: looked up in the ledger, else paid, checked and committed; attempt after attempt while answers are
 * rejected. Nobody waits on a thread, and no caller who leaves stops it.
 */
final class CallInFlight {
    private static final Logger log = LoggerFactory.getLogger(CallInFlight.class);
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final int ERROR_LENGTH = 2000;

    /** What every call uses. */
    record Tools(Ledger ledger, Retries retries, int maxAttempts, CallMetrics metrics) {}

    private final Tools tools;
    private final Model model;
    private final CallRequest request;
    private final Revision revision;
    private final AnswerCheck check;
    private final @Nullable LiveStream live;

    CallInFlight(
            Tools tools,
            Model model,
            CallRequest request,
            Revision revision,
            AnswerCheck check,
            @Nullable LiveStream live) {
        this.tools = tools;
        this.model = model;
        this.request = request;
        this.revision = revision;
        this.check = check;
        this.live = check.needsWhole() ? null : live;
    }

    CompletableFuture<CallAnswer> run() {
        return attempt(1);
    }

    private CompletableFuture<CallAnswer> attempt(int attempt) {
        String identity = request.identity(model.upstream(), revision.text(), attempt);
        if (model.slots().tryAcquire()) {
            return pay(attempt, identity);
        }
        // An answer that is there must not wait for a slot.
        return tools.ledger()
                .find(identity)
                .thenCompose(found -> found.isPresent()
                        ? known(attempt, found.get())
                        : model.slots().acquire().thenCompose(ours -> pay(attempt, identity)));
    }

    private CompletableFuture<CallAnswer> known(int attempt, FinishedCall call) {
        return call.rejected()
                ? rejected(attempt, call.callId(), call.reason())
                : CompletableFuture.completedFuture(hit(call));
    }

    private CompletableFuture<CallAnswer> rejected(int attempt, String callId, String reason) {
        // What the caller has seen of a rejected answer cannot be taken back.
        boolean shown = live != null && live.started();
        if (attempt < tools.maxAttempts() && !shown) {
            return attempt(attempt + 1);
        }
        return CompletableFuture.failedFuture(new GatewayException(
                ErrorCode.ANSWER_REJECTED,
                "attempt " + attempt + " of " + tools.maxAttempts() + " was rejected: " + reason
                        + "; a header Millrace-Rerun asks anew",
                null,
                callId));
    }

    /** With a slot in hand, which it gives back before another attempt asks for one. */
    private CompletableFuture<CallAnswer> pay(int attempt, String identity) {
        return begin(attempt, identity)
                .whenComplete((result, failure) -> model.slots().release())
                .thenCompose(result -> result.rejection() == null
                        ? CompletableFuture.completedFuture(result.answer())
                        : rejected(attempt, result.answer().callId(), result.rejection()));
    }

    /** @param rejection why the answer is not to be served, null when it is */
    private record Result(CallAnswer answer, @Nullable String rejection) {}

    private CompletableFuture<Result> begin(int attempt, String identity) {
        boolean streamed = request.streamed();
        Instant now = Instant.now();
        StartedCall call = new StartedCall(
                CallIds.next(now.toEpochMilli()),
                identity,
                attempt,
                request.kind(),
                model.alias(),
                model.upstream(),
                revision.text(),
                request.caller(),
                request.callerKey(),
                request.inputVersion(),
                request.prompt(),
                streamed,
                now,
                UpstreamRequest.of(request, model.upstream(), attempt, streamed));
        PaidCall paid = new PaidCall(model.provider(), call, request.audio(), live);
        return tools.ledger().begin(call).thenCompose(found -> found.map(known -> CompletableFuture.completedFuture(
                        new Result(hit(known), known.rejected() ? known.reason() : null)))
                .orElseGet(() -> paid.run(tools.retries())
                        .handle((answer, failure) ->
                                failure == null ? answered(call, paid, answer) : failed(call, paid, failure))
                        .thenCompose(result -> result)));
    }

    private CompletableFuture<Result> answered(StartedCall call, PaidCall paid, ProviderAnswer answer) {
        String fingerprint = answer.document().path("system_fingerprint").asText("");
        model.revisions().answered(fingerprint);
        Usage usage = Usage.of(answer.document());
        tools.metrics().paid(model.alias(), usage, model.cost(usage));
        @Nullable String rejection = check.reject(answer.document()).orElse(null);
        Ending ending = new Ending(
                rejection == null ? Status.DONE : Status.REJECTED,
                usage.promptTokens(),
                usage.completionTokens(),
                model.cost(usage),
                paid.tries(),
                200,
                rejection == null ? null : shortened(rejection),
                Instant.now(),
                answer.text());
        CallAnswer ours = new CallAnswer(call.callId(), false, usage, answer.text());
        return settled(call, fingerprint)
                .thenCompose(settled -> tools.ledger().finish(settled, ending))
                .handle((first, failure) -> {
                    if (failure != null) {
                        throw unrecorded(call, failure);
                    }
                    return first.map(other -> new Result(superseded(call, other), null))
                            .orElseGet(() -> new Result(ours, rejection));
                });
    }

    /** A call that began while the provider could not tell its revision learns it before it is committed. */
    private CompletableFuture<StartedCall> settled(StartedCall call, String fingerprint) {
        CompletableFuture<Revision> now = revision.known()
                ? CompletableFuture.completedFuture(revision)
                : model.revisions().current();
        return now.thenApply(known -> call.withRevision(
                known.text().equals(revision.text())
                        ? call.identity()
                        : request.identity(model.upstream(), known.text(), call.attempt()),
                LedgerRevision.of(known.text(), fingerprint)));
    }

    private CallAnswer superseded(StartedCall call, FinishedCall other) {
        if (live != null && live.started()) {
            throw new GatewayException(
                    ErrorCode.ANSWER_SUPERSEDED,
                    "another gateway finished the same call first: ask again for its answer",
                    0,
                    call.callId());
        }
        return hit(other);
    }

    private CompletableFuture<Result> failed(StartedCall call, PaidCall paid, Throwable raw) {
        Throwable failure = Retries.unwrap(raw);
        String body = failure instanceof ProviderRefusal refusal ? refusal.body() : null;
        Integer status = failure instanceof ProviderRefusal refusal
                ? Integer.valueOf(refusal.status())
                : failure instanceof ProviderFailure provider ? provider.status() : null;
        String reason = String.valueOf(failure.getMessage()) + (body == null ? "" : ": " + body);
        model.revisions().refresh();
        Ending ending = new Ending(
                Status.FAILED, null, null, null, paid.tries(), status, shortened(reason), Instant.now(), body);
        // Nothing of it is ever served: the row may come later than what the caller is told.
        var recorded = tools.ledger().finish(call, ending).completeOnTimeout(Optional.empty(), 2, TimeUnit.SECONDS);
        return recorded.handle((first, unwritten) -> {
            throw new CompletionException(told(call, paid, failure));
        });
    }

    private RuntimeException told(StartedCall call, PaidCall paid, Throwable failure) {
        if (failure instanceof ProviderRefusal refusal) {
            return new ProviderRefused(call.callId(), refusal.status(), refusal.body());
        }
        if (failure instanceof ProviderFailure provider) {
            int seconds = provider.retryAfter()
                    .map(wait -> (int) Math.max(1, wait.toSeconds()))
                    .orElse(RETRY_AFTER_SECONDS);
            String message = "model " + model.alias() + ": " + provider.getMessage() + ", after " + paid.tries()
                    + (paid.tries() == 1 ? " try" : " tries");
            return new GatewayException(provider.code(), message, seconds, call.callId());
        }
        log.error("call {} failed", call.callId(), failure);
        return new GatewayException(
                ErrorCode.INTERNAL_ERROR,
                "the call failed: the log of inference-gateway says why",
                null,
                call.callId());
    }

    private static RuntimeException unrecorded(StartedCall call, Throwable raw) {
        Throwable failure = Retries.unwrap(raw);
        if (!(failure instanceof LedgerException)) {
            log.error("call {} could not be recorded", call.callId(), failure);
        }
        return new GatewayException(
                ErrorCode.LEDGER_UNAVAILABLE,
                "the answer was paid but could not be recorded: it is not served",
                RETRY_AFTER_SECONDS,
                call.callId());
    }

    private static CallAnswer hit(FinishedCall call) {
        return new CallAnswer(
                call.callId(), true, new Usage(call.promptTokens(), call.completionTokens()), call.response());
    }

    private static String shortened(String text) {
        return text.length() <= ERROR_LENGTH ? text : text.substring(0, ERROR_LENGTH) + "…";
    }
}
