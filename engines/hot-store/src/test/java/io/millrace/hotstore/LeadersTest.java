package io.millrace.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.fluss.metadata.TableBucket;
import org.apache.fluss.server.zk.data.LeaderAndIsr;
import org.junit.jupiter.api.Test;

class LeadersTest {
    private static final TableBucket BUCKET = new TableBucket(7, 0);

    @Test
    void aLeaderThatIsAliveAndInSyncStays() {
        assertThat(Leaders.elected(led(1, 1, 2, 3), Set.of(1, 2))).isEmpty();
    }

    @Test
    void whereTheLeaderIsAwayAnInSyncReplicaThatIsAliveLeads() {
        assertThat(Leaders.elected(led(1, 1, 2, 3), Set.of(3)))
                .containsExactly(Map.entry(BUCKET, new LeaderAndIsr(3, 5, List.of(1, 2, 3), 0, 9)));
        assertThat(Leaders.elected(led(LeaderAndIsr.NO_LEADER, 2), Set.of(1, 2, 3)))
                .containsExactly(Map.entry(BUCKET, new LeaderAndIsr(2, 5, List.of(2), 0, 9)));
    }

    @Test
    void noReplicaLeadsThatIsNotInSync() {
        assertThat(Leaders.elected(led(1, 1), Set.of(2, 3))).isEmpty();
        assertThat(Leaders.elected(led(1, 2), Set.of(1, 2)))
                .containsExactly(Map.entry(BUCKET, new LeaderAndIsr(2, 5, List.of(2), 0, 9)));
    }

    @Test
    void aServerIsLeftOutOnlyWhereAnotherIsInSync() {
        assertThat(Leaders.without(led(1, 1, 2), 1))
                .containsExactly(Map.entry(BUCKET, new LeaderAndIsr(2, 5, List.of(2), 0, 9)));
        assertThat(Leaders.without(led(1, 1, 2), 2))
                .containsExactly(Map.entry(BUCKET, new LeaderAndIsr(1, 4, List.of(1), 0, 9)));
        assertThat(Leaders.without(led(1, 1), 1)).isEmpty();
        assertThat(Leaders.without(led(1, 1, 2), 3)).isEmpty();
    }

    @Test
    void aBucketIsLackingWhenNoneOfItsInSyncReplicasIsThere() {
        assertThat(Leaders.lacking(led(1, 1, 2), Set.of(3))).containsOnlyKeys(BUCKET);
        assertThat(Leaders.lacking(led(1, 1, 2), Set.of(2, 3))).isEmpty();
    }

    private static Map<TableBucket, LeaderAndIsr> led(int leader, Integer... inSync) {
        return Map.of(BUCKET, new LeaderAndIsr(leader, 4, List.of(inSync), 0, 8));
    }
}
