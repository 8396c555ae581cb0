package io.millrace.api.search;

/** A query has no embedding; the message is what its caller reads. */
final class EmbeddingFailed extends Exception {
    private static final long serialVersionUID = 1L;

    EmbeddingFailed(String reason) {
        super(reason);
    }
}
