package io.millrace.gateway.provider;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Cuts off an answer that is longer than it may be. */
final class LimitedBody<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> body;
    private long left;
    private boolean cut;
    private Flow.@Nullable Subscription subscription;

    LimitedBody(BodySubscriber<T> body, long maxBytes) {
        this.body = body;
        this.left = maxBytes;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        body.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (cut) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            left -= buffer.remaining();
        }
        if (left >= 0) {
            body.onNext(buffers);
            return;
        }
        cut = true;
        if (subscription != null) {
            subscription.cancel();
        }
        body.onError(new IOException("the answer is longer than maxAnswerKilobytes"));
    }

    @Override
    public void onError(Throwable failure) {
        if (!cut) {
            body.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        if (!cut) {
            body.onComplete();
        }
    }

    @Override
    public CompletionStage<T> getBody() {
        return body.getBody();
    }
}
