package io.millrace.ingestion.media.content;

/** A file or attachment that does not go into the lake; the message is the reason in the dead letters. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    public Refusal(String reason) {
        super(reason);
    }
}
