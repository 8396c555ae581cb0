package io.millrace.hotstore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.fluss.server.tablet.TabletServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a tablet server so that nothing it has acknowledged is lost. As long as a coordinator counts it in sync it would
 * be elected with a log that it has just been told to cut; so it waits until the coordinator has noticed that it was
 * away, or until there is none: the next one settles who leads before it tells anyone.
 */
final class TabletServerStart {
    private static final Logger log = LoggerFactory.getLogger(TabletServerStart.class);
    private static final long LOOK_MILLIS = 100;
    private static final long SAY_LOOKS = 100;

    private TabletServerStart() {}

    static TabletServer start(HotStoreSettings settings, Registry registry) throws Exception {
        int id = settings.tabletServerId();
        registry.removeTabletServer(id);
        for (long looks = 0; registry.hasCoordinator() && isInSync(registry, id); looks++) {
            if (looks % SAY_LOOKS == SAY_LOOKS - 1) {
                log.info("waiting for the coordinator, which still counts tablet server {} in sync", id);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        if (isEmpty(settings)) {
            registry.update(Leaders.without(registry.buckets(), id));
            if (isInSync(registry, id)) {
                log.error(
                        "{} is empty, and no other tablet server has all that was acknowledged: it is lost",
                        settings.tabletDirectory());
            }
        }
        return Fluss.startTabletServer(settings);
    }

    private static boolean isInSync(Registry registry, int id) throws Exception {
        return registry.buckets().values().stream()
                .anyMatch(state -> state.isr().contains(id));
    }

    private static boolean isEmpty(HotStoreSettings settings) throws Exception {
        if (Files.notExists(settings.tabletDirectory())) {
            return true;
        }
        try (Stream<Path> files = Files.list(settings.tabletDirectory())) {
            return files.findAny().isEmpty();
        }
    }
}
