package io.millrace.hotstore;

import io.millrace.service.Program;

/** Runs ZooKeeper, one tablet server and the coordinator in one process until told to end. */
public final class HotStore {
    private HotStore() {}

    public static void main(String[] arguments) {
        Program.run("hot-store", HotStoreSettings.class, arguments, settings -> {
            ZooKeeper zookeeper = ZooKeeper.start(settings);
            Fluss fluss = Fluss.start(settings);
            return () -> {
                fluss.close();
                zookeeper.close();
            };
        });
    }
}
