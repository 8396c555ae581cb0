package io.millrace.agent.model;

/** A model call that came to no usable answer; the row goes to the dead letters with this reason. */
public final class CallFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public CallFailed(String reason) {
        super(reason);
    }
}
