package io.millrace.gateway.provider;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Reads server-sent events line by line and hands on the data of each; fields other than data are of no use here. */
final class EventLines implements Flow.Subscriber<String> {
    private final Consumer<String> data;
    private final StringBuilder event = new StringBuilder();

    EventLines(Consumer<String> data) {
        this.data = data;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith("data:")) {
            if (event.length() > 0) {
                event.append('\n');
            }
            event.append(line, line.startsWith("data: ") ? 6 : 5, line.length());
        } else if (line.isEmpty() && event.length() > 0) {
            String whole = event.toString();
            event.setLength(0);
            data.accept(whole);
        }
    }

    @Override
    public void onError(Throwable failure) {}

    /** An event without the empty line that ends it was cut off: it is not handed on. */
    @Override
    public void onComplete() {}
}
