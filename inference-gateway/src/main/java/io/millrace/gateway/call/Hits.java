package io.millrace.gateway.call;

import io.millrace.gateway.ledger.Ledger;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts hits in memory and writes them together. What a crash loses is at most what was counted since. */
final class Hits {
    private static final Logger log = LoggerFactory.getLogger(Hits.class);

    private final Ledger ledger;
    private Map<String, Long> counted = new HashMap<>();

    Hits(Ledger ledger) {
        this.ledger = ledger;
    }

    void count(String callId) {
        synchronized (this) {
            counted.merge(callId, 1L, Long::sum);
        }
    }

    /** Writes what was counted; a ledger that is away gets it later. */
    CompletableFuture<Void> flush() {
        Map<String, Long> batch;
        synchronized (this) {
            if (counted.isEmpty() || !ledger.up()) {
                return CompletableFuture.completedFuture(null);
            }
            batch = counted;
            counted = new HashMap<>();
        }
        return ledger.addHits(batch).exceptionally(failure -> {
            log.debug("hits are kept until the ledger is back", failure);
            synchronized (this) {
                batch.forEach((callId, hits) -> counted.merge(callId, hits, Long::sum));
            }
            return null;
        });
    }
}
