package io.millrace.gateway.ledger;

/** The ledger cannot be reached or refuses; nothing is known to be written. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
