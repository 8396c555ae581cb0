package io.millrace.gateway.ledger;

import java.security.SecureRandom;
import java.util.UUID;

/** Ids of calls: UUIDv7, so that they sort by the time they were made, to the millisecond. */
public final class CallIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private CallIds() {}

    public static String next(long epochMillis) {
        long version = epochMillis << 16 | 0x7000L | RANDOM.nextInt(0x1000);
        long variant = RANDOM.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(version, variant).toString();
    }
}
