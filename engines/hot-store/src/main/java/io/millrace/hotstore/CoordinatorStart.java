package io.millrace.hotstore;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.fluss.metadata.TableBucket;
import org.apache.fluss.server.coordinator.CoordinatorServer;
import org.apache.fluss.server.zk.data.LeaderAndIsr;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the coordinator after the tablet servers. One that finds a bucket's leader away tells the others to follow it,
 * which cuts their logs, and only then elects one of them: acknowledged writes are gone.
 */
final class CoordinatorStart {
    private static final Logger log = LoggerFactory.getLogger(CoordinatorStart.class);
    private static final long LOOK_MILLIS = 200;
    private static final Duration SAY = Duration.ofSeconds(10);

    private CoordinatorStart() {}

    static CoordinatorServer start(HotStoreSettings settings, Registry registry) throws Exception {
        registry.removeCoordinator();
        Set<Integer> alive = awaitTabletServers(settings, registry);
        registry.update(Leaders.elected(registry.buckets(), alive));
        return Fluss.startCoordinator(settings);
    }

    /**
     * Waits for all, whose leaders need no election; after the limit, for as many as have every acknowledged write, however
     * long that takes.
     */
    private static Set<Integer> awaitTabletServers(HotStoreSettings settings, Registry registry) throws Exception {
        long start = System.nanoTime();
        long said = start - SAY.toNanos();
        while (true) {
            Set<Integer> alive = registry.answeringTabletServers();
            if (alive.size() >= settings.tabletServers()) {
                return alive;
            }
            boolean late = System.nanoTime() - start
                    > Duration.ofSeconds(settings.tabletServersWaitSeconds()).toNanos();
            Map<TableBucket, LeaderAndIsr> lacking = late ? Leaders.lacking(registry.buckets(), alive) : Map.of();
            if (late && !alive.isEmpty() && lacking.isEmpty()) {
                log.warn("beginning with tablet servers {} of {}", alive, settings.tabletServers());
                return alive;
            }
            if (System.nanoTime() - said > SAY.toNanos()) {
                said = System.nanoTime();
                say(settings, alive, lacking);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static void say(HotStoreSettings settings, Set<Integer> alive, Map<TableBucket, LeaderAndIsr> lacking) {
        if (lacking.isEmpty()) {
            log.info("waiting for {} tablet servers; there are {}", settings.tabletServers(), alive);
        } else {
            Set<Integer> wanted = new TreeSet<>();
            lacking.values().forEach(state -> wanted.addAll(state.isr()));
            log.warn(
                    "waiting for one of the tablet servers {}: {} buckets are whole nowhere else; there are {}",
                    wanted,
                    lacking.size(),
                    alive);
        }
    }
}
