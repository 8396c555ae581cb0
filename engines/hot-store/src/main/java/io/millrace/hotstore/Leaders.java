package io.millrace.hotstore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.fluss.metadata.TableBucket;
import org.apache.fluss.server.zk.data.LeaderAndIsr;

/**
 * Which replica leads a bucket, decided from what ZooKeeper says of all buckets. A replica that is in sync has every
 * acknowledged write in its log; one that is told to follow cuts its log back to the last checkpoint of its high
 * watermark, which may be five seconds old, and fetches the rest from its leader. So who leads is settled before a server
 * that was killed is told anything.
 */
final class Leaders {
    private Leaders() {}

    /** The changes that give every bucket a leader that is alive and in sync, where there is one. */
    static Map<TableBucket, LeaderAndIsr> elected(Map<TableBucket, LeaderAndIsr> buckets, Set<Integer> alive) {
        Map<TableBucket, LeaderAndIsr> changes = new LinkedHashMap<>();
        buckets.forEach((bucket, state) -> {
            List<Integer> candidates =
                    state.isr().stream().filter(alive::contains).toList();
            if (!candidates.isEmpty() && !candidates.contains(state.leader())) {
                changes.put(bucket, state.newLeaderAndIsr(candidates.get(0), state.isr()));
            }
        });
        return changes;
    }

    /** The changes that leave a server out wherever another is in sync. */
    static Map<TableBucket, LeaderAndIsr> without(Map<TableBucket, LeaderAndIsr> buckets, int server) {
        Map<TableBucket, LeaderAndIsr> changes = new LinkedHashMap<>();
        buckets.forEach((bucket, state) -> {
            List<Integer> others =
                    state.isr().stream().filter(replica -> replica != server).toList();
            if (!others.isEmpty() && others.size() < state.isr().size()) {
                changes.put(
                        bucket,
                        state.leader() == server
                                ? state.newLeaderAndIsr(others.get(0), others)
                                : state.newLeaderAndIsr(others));
            }
        });
        return changes;
    }

    /** The buckets that only servers which are not among these have whole. */
    static Map<TableBucket, LeaderAndIsr> lacking(Map<TableBucket, LeaderAndIsr> buckets, Set<Integer> alive) {
        Map<TableBucket, LeaderAndIsr> lacking = new LinkedHashMap<>();
        buckets.forEach((bucket, state) -> {
            if (state.isr().stream().noneMatch(alive::contains)) {
                lacking.put(bucket, state);
            }
        });
        return lacking;
    }
}
