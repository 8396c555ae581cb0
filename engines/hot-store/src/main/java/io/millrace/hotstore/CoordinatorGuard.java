package io.millrace.hotstore;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.fluss.server.zk.data.LeaderAndIsr;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a coordinator that has seen the last in-sync replica of a bucket go: told that nobody leads, that replica would cut
 * its log when it comes back. The coordinator that is started in its place waits for it and lets it lead.
 */
final class CoordinatorGuard implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CoordinatorGuard.class);
    private static final int EXIT_CODE = 3;

    private final Registry registry;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "coordinator-guard");
        thread.setDaemon(true);
        return thread;
    });

    private CoordinatorGuard(Registry registry) {
        this.registry = registry;
    }

    static CoordinatorGuard start(Registry registry) {
        CoordinatorGuard guard = new CoordinatorGuard(registry);
        guard.looks.scheduleWithFixedDelay(guard::look, 1, 1, TimeUnit.SECONDS);
        return guard;
    }

    private void look() {
        try {
            long leaderless = Leaders.lacking(registry.buckets(), registry.tabletServers()).values().stream()
                    .filter(state -> state.leader() == LeaderAndIsr.NO_LEADER)
                    .count();
            if (leaderless > 0) {
                log.warn("{} buckets have lost their last in-sync replica: ending, to begin anew with it", leaderless);
                registry.removeCoordinator();
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        } catch (Exception e) {
            log.warn("ZooKeeper does not say who leads", e);
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
