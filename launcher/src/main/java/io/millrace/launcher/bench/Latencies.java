package io.millrace.launcher.bench;

import java.util.Arrays;
import java.util.Locale;

/** How long each of many calls took. */
public final class Latencies {
    private final long[] sortedNanos;

    /** @param nanos one for each call */
    public Latencies(long[] nanos) {
        sortedNanos = nanos.clone();
        Arrays.sort(sortedNanos);
    }

    /** In milliseconds. */
    public double percentile(double share) {
        return sortedNanos[(int) Math.min(sortedNanos.length - 1, Math.floor(share * sortedNanos.length))] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p99.9 %.2f ms",
                percentile(0.5),
                percentile(0.9),
                percentile(0.99),
                percentile(0.999));
    }
}
