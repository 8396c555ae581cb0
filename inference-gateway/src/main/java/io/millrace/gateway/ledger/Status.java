package io.millrace.gateway.ledger;

import java.util.Locale;

/** Where a call of the ledger stands. */
public enum Status {
    /** In flight. */
    RUNNING,
    /** Answered, paid, served again to whoever asks the same. */
    DONE,
    /** Answered and paid, but never served: the error says why. */
    REJECTED,
    /** Not answered, or not in full. */
    FAILED,
    /** In flight when its gateway ended: possibly billed. */
    ABANDONED;

    /** As the ledger has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
