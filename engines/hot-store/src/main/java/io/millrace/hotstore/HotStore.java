package io.millrace.hotstore;

import io.millrace.service.Program;
import java.util.ArrayDeque;
import java.util.Deque;

/** Runs Fluss until told to end: ZooKeeper, a tablet server and the coordinator, or those of them that it is told to. */
public final class HotStore {
    private HotStore() {}

    public static void main(String[] arguments) {
        Program.run("hot-store", HotStoreSettings.class, arguments, HotStore::start);
    }

    private static AutoCloseable start(HotStoreSettings settings) throws Exception {
        Deque<AutoCloseable> running = new ArrayDeque<>();
        if (settings.runs(Part.ZOOKEEPER)) {
            running.push(ZooKeeper.start(settings));
        }
        if (settings.runs(Part.TABLET_SERVER) || settings.runs(Part.COORDINATOR)) {
            Registry registry = Registry.connect(settings);
            running.push(registry);
            startServers(settings, registry, running);
            running.push(Health.start(settings.healthPort(), () -> isRegistered(settings, registry)));
        }
        return () -> {
            for (AutoCloseable part : running) {
                part.close();
            }
        };
    }

    private static void startServers(HotStoreSettings settings, Registry registry, Deque<AutoCloseable> running)
            throws Exception {
        AutoCloseable tablets =
                settings.runs(Part.TABLET_SERVER) ? TabletServerStart.start(settings, registry) : () -> {};
        if (settings.runs(Part.COORDINATOR)) {
            running.push(CoordinatorStart.start(settings, registry));
            if (!settings.runs(Part.TABLET_SERVER)) {
                running.push(CoordinatorGuard.start(registry));
            }
        }
        // It ends first: it hands what it leads to others.
        running.push(tablets);
    }

    private static boolean isRegistered(HotStoreSettings settings, Registry registry) throws Exception {
        return (!settings.runs(Part.TABLET_SERVER) || registry.hasTabletServer(settings.tabletServerId()))
                && (!settings.runs(Part.COORDINATOR) || registry.hasCoordinator());
    }
}
