package io.millrace.gateway.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The revision of one model, remembered. It is asked for again, without anybody waiting, when it has reached its age,
 * when a try failed, and when an answer's {@code system_fingerprint} is another than before.
 */
public final class Revisions {
    private final Provider provider;
    private final Supplier<CompletableFuture<Optional<String>>> lastRecorded;
    private final long ageNanos;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable String known;
    private volatile long askedNanos;
    private volatile @Nullable String fingerprint;

    /** @param lastRecorded the revision of the ledger's newest answer of the model, for when the provider is away */
    public Revisions(Provider provider, Duration age, Supplier<CompletableFuture<Optional<String>>> lastRecorded) {
        this.provider = provider;
        this.ageNanos = age.toNanos();
        this.lastRecorded = lastRecorded;
    }

    /** Never fails: without a provider it is the last one known, and without that "". */
    public CompletableFuture<Revision> current() {
        String present = known;
        if (present == null) {
            return ask().handle((listed, failure) -> listed)
                    .thenCompose(listed -> listed != null
                            ? CompletableFuture.completedFuture(new Revision(listed, true))
                            : lastRecorded
                                    .get()
                                    .handle((last, failure) ->
                                            new Revision(last == null ? "" : last.orElse(""), false)));
        }
        if (System.nanoTime() - askedNanos > ageNanos) {
            refresh();
        }
        return CompletableFuture.completedFuture(new Revision(present, true));
    }

    /** Tells what an answer named as its system_fingerprint. */
    public void answered(String systemFingerprint) {
        String before = fingerprint;
        fingerprint = systemFingerprint;
        if (before != null && !before.equals(systemFingerprint)) {
            refresh();
        }
    }

    /** Asks the provider again, once at a time. */
    public void refresh() {
        if (asking.compareAndSet(false, true)) {
            ask().whenComplete((listed, failure) -> asking.set(false));
        }
    }

    private CompletableFuture<String> ask() {
        return provider.listedRevision().whenComplete((listed, failure) -> {
            askedNanos = System.nanoTime();
            if (failure == null) {
                known = listed;
            }
        });
    }
}
