package io.millrace.api.search.lucene;

import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.types.RowType;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code ai.chunks}.
 *
 * @param model who made the vector
 * @param vector null when the model failed
 */
record LakeChunk(
        String index,
        String key,
        int chunk,
        String title,
        String text,
        Map<String, String> filters,
        String model,
        @Nullable Vector vector) {
    /** Numbers as an index takes them: of length 1, so that the nearest are those with the greatest product. */
    record Vector(@SuppressWarnings("ArrayRecordComponent") float[] numbers) {
        static @Nullable Vector of(float[] numbers) {
            double square = 0;
            for (float number : numbers) {
                square += (double) number * number;
            }
            if (square == 0 || !Double.isFinite(square)) {
                return null;
            }
            float[] unit = new float[numbers.length];
            for (int i = 0; i < unit.length; i++) {
                unit[i] = (float) (numbers[i] / Math.sqrt(square));
            }
            return new Vector(unit);
        }
    }

    static LakeChunk of(RowType type, InternalRow row) {
        int vector = type.getFieldIndex("embedding");
        return new LakeChunk(
                text(type, row, "index"),
                text(type, row, "key"),
                row.getInt(type.getFieldIndex("chunk")),
                text(type, row, "title"),
                text(type, row, "text"),
                filters(type, row),
                text(type, row, "model"),
                row.isNullAt(vector) ? null : Vector.of(row.getArray(vector).toFloatArray()));
    }

    private static String text(RowType type, InternalRow row, String column) {
        int position = type.getFieldIndex(column);
        return row.isNullAt(position) ? "" : row.getString(position).toString();
    }

    private static Map<String, String> filters(RowType type, InternalRow row) {
        int position = type.getFieldIndex("filters");
        Map<String, String> filters = new HashMap<>();
        if (!row.isNullAt(position)) {
            InternalMap map = row.getMap(position);
            for (int i = 0; i < map.size(); i++) {
                if (!map.valueArray().isNullAt(i)) {
                    filters.put(
                            map.keyArray().getString(i).toString(),
                            map.valueArray().getString(i).toString());
                }
            }
        }
        return filters;
    }
}
