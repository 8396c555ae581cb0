package io.millrace.gateway.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.answer.Usage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Counts calls by how they were answered, and what the paid ones took. */
final class CallMetrics {
    private final MeterRegistry registry;

    CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param result "hit", "joined", "paid" or an error's code */
    void answered(String alias, String result) {
        Counter.builder("millrace.gateway.calls")
                .description("Calls by model and how they were answered")
                .tag("model", alias)
                .tag("result", result)
                .register(registry)
                .increment();
    }

    /** Counts an answer that was paid, whether or not it is served. */
    void paid(String alias, Usage usage, @Nullable BigDecimal cost) {
        tokens(alias, "prompt", usage.promptTokens());
        tokens(alias, "completion", usage.completionTokens());
        if (cost != null) {
            Counter.builder("millrace.gateway.cost")
                    .description("What answers cost, in the currency of the prices")
                    .tag("model", alias)
                    .register(registry)
                    .increment(cost.doubleValue());
        }
    }

    private void tokens(String alias, String direction, @Nullable Integer tokens) {
        if (tokens != null) {
            Counter.builder("millrace.gateway.tokens")
                    .description("Tokens of answers that were paid")
                    .tag("model", alias)
                    .tag("direction", direction)
                    .register(registry)
                    .increment(tokens);
        }
    }
}
