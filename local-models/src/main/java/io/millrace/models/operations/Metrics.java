package io.millrace.models.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.millrace.service.metrics.ProgramMetrics;
import java.time.Duration;

/** What the program measures, as Prometheus reads it. */
public final class Metrics implements AutoCloseable {
    private final ProgramMetrics program = new ProgramMetrics();

    /** Counts the requests that wait for a model. */
    public void waiting(String kind, Turns turns) {
        Gauge.builder("model.waiting", turns, Turns::waiting)
                .description("Requests that wait for their turn")
                .tag("kind", kind)
                .register(program.registry());
    }

    /** @param outcome {@code ok} or the code of the error */
    public void request(String kind, String outcome, Duration duration) {
        Timer.builder("model.requests")
                .description("Requests by kind and outcome, with the time they waited")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .serviceLevelObjectives(
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10))
                .register(program.registry())
                .record(duration);
    }

    /** Counts the tokens of an answered request. */
    public void tokens(String kind, int prompt, int completion) {
        count(kind, "prompt", prompt);
        count(kind, "completion", completion);
    }

    public String scrape() {
        return program.scrape();
    }

    @Override
    public void close() {
        program.close();
    }

    private void count(String kind, String part, int tokens) {
        Counter.builder("model.tokens")
                .description("Tokens of answered requests")
                .tag("kind", kind)
                .tag("part", part)
                .register(program.registry())
                .increment(tokens);
    }
}
