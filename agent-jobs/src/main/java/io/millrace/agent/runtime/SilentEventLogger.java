package io.millrace.agent.runtime;

import org.apache.flink.agents.api.Event;
import org.apache.flink.agents.api.EventContext;
import org.apache.flink.agents.api.logger.EventLogger;
import org.apache.flink.agents.api.logger.EventLoggerOpenParams;

/** Logs nothing: what an agent did is in its result's provenance. */
final class SilentEventLogger implements EventLogger {
    @Override
    public void open(EventLoggerOpenParams parameters) {}

    @Override
    public void append(EventContext context, Event event) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
