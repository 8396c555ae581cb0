package io.millrace.agent.job;

import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster that a job's main() finds. */
final class JobCluster implements AutoCloseable {
    private final MiniCluster cluster;

    JobCluster(Path folder) throws Exception {
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(Configuration.fromMap(Map.of(
                        "taskmanager.memory.managed.size", "128 mb",
                        "taskmanager.memory.network.min", "64 mb",
                        "taskmanager.memory.network.max", "64 mb",
                        "rest.bind-port", "0",
                        "io.tmp.dirs", folder.resolve("tmp").toString(),
                        "execution.checkpointing.dir",
                                folder.resolve("checkpoints").toUri().toString())))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(4)
                .build());
        cluster.start();
        Environment.use(cluster.getRestAddress().get().getPort());
    }

    private abstract static class Environment extends StreamExecutionEnvironment {
        static void use(int port) {
            initializeContextEnvironment(given -> {
                Configuration configuration = new Configuration(given);
                configuration.setString("execution.target", "remote");
                configuration.setString("execution.attached", "false");
                configuration.setString("rest.address", "127.0.0.1");
                configuration.setString("rest.port", String.valueOf(port));
                return new StreamExecutionEnvironment(configuration);
            });
        }

        static void forget() {
            resetContextEnvironment();
        }
    }

    @Override
    public void close() throws Exception {
        Environment.forget();
        cluster.close();
    }
}
