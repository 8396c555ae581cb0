package io.millrace.gateway.call;

/** Where the chunks of a live answer go. Never blocks and never throws: a caller that left is no reason to stop. */
public interface EventSink {
    /** Called once, before the first chunk. */
    void open(String callId);

    void send(String data);
}
