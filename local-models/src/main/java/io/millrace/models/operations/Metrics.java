package io.millrace.models.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** What the program measures, as Prometheus reads it. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    /** Counts the requests that wait for a model. */
    public void waiting(String kind, Turns turns) {
        Gauge.builder("model.waiting", turns, Turns::waiting)
                .description("Requests that wait for their turn")
                .tag("kind", kind)
                .register(registry);
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
                .register(registry)
                .record(duration);
    }

    /** Counts the tokens of an answered request. */
    public void tokens(String kind, int prompt, int completion) {
        count(kind, "prompt", prompt);
        count(kind, "completion", completion);
    }

    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }

    private void count(String kind, String part, int tokens) {
        Counter.builder("model.tokens")
                .description("Tokens of answered requests")
                .tag("kind", kind)
                .tag("part", part)
                .register(registry)
                .increment(tokens);
    }
}
