package io.millrace.agent.trigger;

import java.io.Serializable;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.util.MathUtils;

/**
 * The keys of an agent's rows: one for each of Flink's key groups.
 *
 * <p>The agent operator walks all its keys at each checkpoint, so they are few. And they are chosen rather than hashed, so
 * that at any parallelism all subtasks have as many of them: of 64 hashed keys on 16 subtasks one may get none and another
 * nine, and the slowest holds up the rest.
 */
public final class Buckets implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] keys;

    /** @param groups the job's maximum parallelism */
    public Buckets(int groups) {
        keys = new int[groups];
        boolean[] found = new boolean[groups];
        int missing = groups;
        for (int key = 0; missing > 0; key++) {
            int group = KeyGroupRangeAssignment.assignToKeyGroup(key, groups);
            if (!found[group]) {
                found[group] = true;
                keys[group] = key;
                missing--;
            }
        }
    }

    /** Equal texts have the same key. Mixed, as the hash codes of consecutive numbers share their lowest bits. */
    public int of(String text) {
        return keys[MathUtils.murmurHash(text.hashCode()) % keys.length];
    }
}
