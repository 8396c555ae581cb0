package io.millrace.ingestion.media;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink cluster of one process with the job on it, until it is killed. Prints each second how much of the heap is used,
 * and how much was after the last collection.
 *
 * <p>Arguments: folder, limit of a file in bytes, checkpoint to restore or nothing.
 */
final class BenchmarkChild {
    private static final String INTERVAL = "execution.checkpointing.interval";

    private BenchmarkChild() {}

    public static void main(String[] arguments) throws Exception {
        Inbox inbox = new Inbox(Path.of(arguments[0]), Long.parseLong(arguments[1]));
        try (MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .withRandomPorts()
                .build())) {
            cluster.start();
            cluster.submitJob(inbox.job(
                            arguments.length > 2
                                    ? Map.of("execution.state-recovery.path", arguments[2], INTERVAL, "1 s")
                                    : Map.of(INTERVAL, "1 s")))
                    .get();
            while (System.in.available() == 0) {
                System.out.println("heap " + used() + " " + afterCollection());
                Thread.sleep(1_000);
            }
        }
        System.exit(0);
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    private static long afterCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                        .map(MemoryPoolMXBean::getCollectionUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }
}
