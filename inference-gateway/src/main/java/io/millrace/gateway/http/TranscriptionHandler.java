package io.millrace.gateway.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.gateway.call.CallAnswer;
import io.millrace.gateway.call.CallRequest;
import io.millrace.gateway.call.Calls;
import io.millrace.gateway.provider.Audio;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Answers transcriptions: calls like any other, whose request is a form. */
public final class TranscriptionHandler implements Handler {
    private final Calls calls;
    private final Executor threads;

    /** @param threads where answers are written */
    public TranscriptionHandler(Calls calls, Executor threads) {
        this.calls = calls;
        this.threads = threads;
    }

    @Override
    public void handle(Context context) {
        CallRequest request = TranscriptionReader.read(context);
        boolean text = TranscriptionReader.wantsText(context);
        Audio audio = Objects.requireNonNull(request.audio(), "a transcription has a recording");
        CompletableFuture<CallAnswer> answer;
        try {
            answer = calls.answer(request, null);
        } catch (RuntimeException e) {
            Recordings.delete(audio);
            throw e;
        }
        answer.whenComplete((result, failure) -> Recordings.delete(audio));
        context.future(() -> answer.handleAsync(
                (result, failure) -> {
                    if (failure == null) {
                        CallHandler.write(context, result);
                        if (text) {
                            context.contentType("text/plain; charset=utf-8")
                                    .result(CallHandler.document(result)
                                            .path("text")
                                            .asText());
                        }
                    } else {
                        Problems.write(context, failure);
                    }
                    return null;
                },
                threads));
    }
}
