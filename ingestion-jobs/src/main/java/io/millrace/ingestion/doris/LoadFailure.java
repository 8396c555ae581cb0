package io.millrace.ingestion.doris;

/** Doris does not take a load, and will not when asked again; its message says the fix. */
final class LoadFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadFailure(String message) {
        super(message);
    }
}
