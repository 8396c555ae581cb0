package io.millrace.ingestion.doris;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows that wait for the next load; of those with one key only the one that stays. */
final class Batch {
    private final Map<Object, EncodedRow> rows = new LinkedHashMap<>();
    private long sizeBytes;

    void add(EncodedRow row) {
        Object key = row.key().isEmpty() ? new Object() : row.key();
        EncodedRow earlier = rows.get(key);
        if (earlier != null && !row.replaces(earlier)) {
            return;
        }
        rows.put(key, row);
        sizeBytes += row.json().length - (earlier == null ? 0 : earlier.json().length);
    }

    int size() {
        return rows.size();
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Takes all rows out. */
    List<byte[]> drain() {
        List<byte[]> drained = new ArrayList<>(rows.size());
        rows.values().forEach(row -> drained.add(row.json()));
        rows.clear();
        sizeBytes = 0;
        return drained;
    }
}
