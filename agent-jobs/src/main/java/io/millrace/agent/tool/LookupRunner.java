package io.millrace.agent.tool;

import io.millrace.app.agent.HotReference;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotStoreException;
import io.millrace.hot.HotTable;
import io.millrace.hot.KeyException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads rows of the hot store by keys that trigger rows hold. For many threads at a time. */
public final class LookupRunner implements AutoCloseable {
    private final String hotStore;
    private final Map<String, List<String>> keys;
    private final Map<String, HotLookup> databases = new ConcurrentHashMap<>();

    /**
     * @param hotStore its bootstrap servers; it is connected to when it is first needed
     * @param keys key columns of the tables, by {@code DATABASE.TABLE}
     */
    public LookupRunner(String hotStore, Map<String, List<String>> keys) {
        this.hotStore = hotStore;
        this.keys = keys;
    }

    /**
     * Looks a row up.
     *
     * @param row the trigger row, whose columns the key is
     * @param limit how long to wait for a hot store that is away
     * @return values as text, NULL kept; empty when there is no such row
     * @throws ToolFailed when the key is none or the hot store stays away
     */
    public Optional<Map<String, @Nullable String>> row(
            HotReference lookup, Map<String, @Nullable String> row, Duration limit)
            throws ToolFailed, InterruptedException {
        Map<String, String> key = new HashMap<>();
        for (String column : keys.getOrDefault(lookup.table(), List.of())) {
            String value = row.get(column);
            if (value == null) {
                return Optional.empty();
            }
            key.put(column, value);
        }
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return table(lookup).row(key).map(LookupRunner::texts);
            } catch (KeyException e) {
                throw failed(lookup, e);
            } catch (HotStoreException e) {
                if (System.nanoTime() > deadline) {
                    throw failed(lookup, e);
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    private HotTable table(HotReference lookup) throws ToolFailed {
        String database = lookup.table().substring(0, lookup.table().indexOf('.'));
        return databases
                .computeIfAbsent(database, name -> new HotLookup(hotStore, name))
                .table(lookup.name())
                .orElseThrow(() ->
                        new ToolFailed("tool " + lookup.name() + ": table hot." + lookup.table() + " does not exist"));
    }

    private static Map<String, @Nullable String> texts(Map<String, @Nullable Object> row) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        row.forEach((column, value) -> texts.put(column, text(value)));
        return texts;
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value == null ? null : value.toString();
    }

    private static ToolFailed failed(HotReference lookup, Exception e) {
        return new ToolFailed("tool " + lookup.name() + ": " + e.getMessage());
    }

    @Override
    public void close() throws Exception {
        for (HotLookup lookup : databases.values()) {
            lookup.close();
        }
    }
}
