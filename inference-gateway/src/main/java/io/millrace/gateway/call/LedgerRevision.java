package io.millrace.gateway.call;

import java.util.Optional;

/**
 * The ledger's column model_revision: the revision the provider tells, or, when it tells none, the fingerprint of the
 * answer. Only the first is part of a call's identity.
 */
final class LedgerRevision {
    private static final String FINGERPRINT = "fingerprint:";

    private LedgerRevision() {}

    static String of(String revision, String fingerprint) {
        return revision.isEmpty() && !fingerprint.isEmpty() ? FINGERPRINT + fingerprint : revision;
    }

    static Optional<String> revision(Optional<String> column) {
        return column.map(text -> text.startsWith(FINGERPRINT) ? "" : text);
    }
}
