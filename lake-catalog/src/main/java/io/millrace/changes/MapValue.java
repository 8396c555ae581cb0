package io.millrace.changes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map in a row, as both stores give it. */
public final class MapValue {
    private MapValue() {}

    /**
     * In the order of the store.
     *
     * @param keys become text, as JSON has them
     * @param values one for each key
     */
    public static Map<String, @Nullable Object> of(List<@Nullable Object> keys, List<@Nullable Object> values) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(String.valueOf(keys.get(i)), values.get(i));
        }
        return map;
    }
}
