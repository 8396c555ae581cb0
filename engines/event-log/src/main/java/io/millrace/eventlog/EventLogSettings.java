package io.millrace.eventlog;

import java.nio.file.Path;

/** Settings of the event log; defaults and units stand in event-log.yaml. */
record EventLogSettings(
        String host, int port, int controllerPort, int connectPort, int retentionHours, Path dataDirectory) {
    String bootstrap() {
        return host + ":" + port;
    }
}
