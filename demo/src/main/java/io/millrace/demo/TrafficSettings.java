package io.millrace.demo;

import java.nio.file.Path;

/** Settings of the traffic program; defaults and units stand in traffic.yaml. */
record TrafficSettings(
        Path folder, String database, String user, String password, String kafka, double actionsPerSecond) {
    @Override
    public String toString() {
        return folder + " against " + database + " and " + kafka;
    }
}
