package io.millrace.eventlog;

import io.millrace.service.Program;

/** Runs the broker and the Connect worker in one process until told to end. */
public final class EventLog {
    private EventLog() {}

    public static void main(String[] arguments) {
        Program.run("event-log", EventLogSettings.class, arguments, settings -> {
            Broker broker = Broker.start(settings);
            ConnectWorker connect = ConnectWorker.start(settings);
            return () -> {
                connect.close();
                broker.close();
            };
        });
    }
}
