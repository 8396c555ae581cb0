package io.millrace.compute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JobManager and a TaskManager in this JVM; jobs come as jars by REST, as on any Flink cluster. */
final class FlinkCluster {
    private static final Logger log = LoggerFactory.getLogger(FlinkCluster.class);

    private FlinkCluster() {}

    static void start(ComputeSettings settings) throws Exception {
        Configuration configuration = configuration(settings);
        FileSystem.initialize(configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(settings.slots())
                .build());
        cluster.start();
        new Thread(() -> endWithoutTaskManager(cluster), "task-manager-watch").start();
    }

    /** A TaskManager that met a fatal error leaves the JVM alive and useless: end it, so that it is started again. */
    private static void endWithoutTaskManager(MiniCluster cluster) {
        int missing = 0;
        try {
            while (missing < 5) {
                TimeUnit.SECONDS.sleep(1);
                int registered = cluster.requestClusterOverview().get().getNumTaskManagersConnected();
                missing = registered == 0 ? missing + 1 : 0;
            }
            log.error("the TaskManager is gone for 5 s: ending, to be started again");
            System.exit(1);
        } catch (InterruptedException e) {
            log.debug("the cluster ends");
        } catch (ExecutionException e) {
            log.error("the JobManager does not answer: ending, to be started again", e);
            System.exit(1);
        }
    }

    private static Configuration configuration(ComputeSettings settings) throws IOException {
        Path root = settings.dataDirectory().toAbsolutePath();
        MemorySize network = MemorySize.ofMebiBytes(settings.networkMemoryMebibytes());
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, settings.host());
        configuration.set(RestOptions.BIND_ADDRESS, settings.host());
        configuration.set(RestOptions.PORT, settings.port());
        configuration.set(RestOptions.BIND_PORT, String.valueOf(settings.port()));
        configuration.set(WebOptions.SUBMIT_ENABLE, true);
        configuration.set(WebOptions.UPLOAD_DIR, folder(root, "jars"));
        configuration.set(WebOptions.TMP_DIR, folder(root, "web"));
        configuration.set(CoreOptions.TMP_DIRS, folder(root, "tmp"));
        configuration.set(TaskManagerOptions.TASK_CANCELLATION_TIMEOUT, Duration.ofSeconds(30));
        configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        configuration.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(settings.managedMemoryMebibytes()));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                root.resolve("checkpoints").toUri().toString());
        configuration.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                root.resolve("savepoints").toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return configuration;
    }

    private static String folder(Path root, String name) throws IOException {
        return Files.createDirectories(root.resolve(name)).toString();
    }
}
