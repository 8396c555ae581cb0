package io.millrace.agent.work;

import io.millrace.agent.tool.LookupRunner;
import io.millrace.agent.tool.ToolFailed;
import io.millrace.app.agent.HotReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks up what hot tables say about a row. No model is asked: there is nothing it could choose. */
final class Lookups {
    private final List<HotReference> lookups;
    private final LookupRunner runner;
    private final Duration limit;

    Lookups(List<HotReference> lookups, LookupRunner runner, Duration limit) {
        this.lookups = lookups;
        this.runner = runner;
        this.limit = limit;
    }

    /** Puts the rows into the work as SQL tools do theirs. */
    void into(Work work) throws InterruptedException {
        for (HotReference lookup : lookups) {
            long start = System.nanoTime();
            String result;
            try {
                Optional<Map<String, @Nullable String>> row = runner.row(lookup, work.event.row, limit);
                row.ifPresent(values -> work.toolRows.put(lookup.name(), values));
                result = lookup.name() + ": " + row.map(Work::text).orElse("nothing found");
                work.facts.add(result);
            } catch (ToolFailed e) {
                result = e.getMessage();
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            work.steps.add(new Step(lookup.name(), "tool", null, null, false, result, 0, millis));
        }
    }
}
