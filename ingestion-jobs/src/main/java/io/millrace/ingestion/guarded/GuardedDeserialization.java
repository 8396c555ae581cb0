package io.millrace.ingestion.guarded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Emits all rows of an event, or, when any of them cannot be read, one row that holds only the error and the event. */
final class GuardedDeserialization implements DeserializationSchema<RowData> {
    private static final long serialVersionUID = 1L;

    /** How Flink's JSON formats say which field they were reading. */
    private static final Pattern FIELD = Pattern.compile("Fail to deserialize at field: (.+?)\\.(?:\\s|$)");

    private final DeserializationSchema<RowData> inner;
    private final @Nullable LocalTimes localTimes;
    private final Precisions precisions;
    private final int innerArity;
    private final int[] required;
    private final String[] requiredNames;
    private final String[] ownKeys;
    private final boolean everyEventIsARow;

    /**
     * @param localTimes turns texts into dates and times, or null when the inner format does so itself
     * @param everyEventIsARow whether an event without a row is a dead letter; a database's log may hold such events
     */
    GuardedDeserialization(
            DeserializationSchema<RowData> inner,
            @Nullable LocalTimes localTimes,
            Precisions precisions,
            int innerArity,
            int[] required,
            String[] requiredNames,
            String[] ownKeys,
            boolean everyEventIsARow) {
        this.inner = inner;
        this.localTimes = localTimes;
        this.precisions = precisions;
        this.innerArity = innerArity;
        this.required = required;
        this.requiredNames = requiredNames;
        this.ownKeys = ownKeys;
        this.everyEventIsARow = everyEventIsARow;
    }

    @Override
    public void open(InitializationContext context) throws Exception {
        inner.open(context);
    }

    @Override
    public void deserialize(byte @Nullable [] message, Collector<RowData> out) {
        List<RowData> rows = new ArrayList<>(2);
        try {
            inner.deserialize(message, collectInto(rows));
            if (everyEventIsARow && rows.isEmpty()) {
                throw new IllegalArgumentException("the event holds no row");
            }
            for (RowData row : rows) {
                requireColumns(row);
                if (localTimes != null) {
                    localTimes.parse((GenericRowData) row);
                }
                precisions.cut((GenericRowData) row);
            }
        } catch (IOException | RuntimeException e) {
            out.collect(deadLetter(message, e));
            return;
        }
        for (RowData row : rows) {
            out.collect(withOwn((GenericRowData) row, null, null));
        }
    }

    private void requireColumns(RowData row) {
        for (int i = 0; i < required.length; i++) {
            if (row.isNullAt(required[i])) {
                throw new IllegalArgumentException("column " + requiredNames[i] + " is null or missing");
            }
        }
    }

    private RowData deadLetter(byte @Nullable [] message, Exception error) {
        String raw = message == null ? null : new String(message, StandardCharsets.UTF_8);
        return withOwn(new GenericRowData(innerArity), reason(error), raw);
    }

    /** A new row, for Kafka's source puts its own metadata behind the fields of exactly this class. */
    private RowData withOwn(GenericRowData inside, @Nullable String error, @Nullable String raw) {
        GenericRowData row = new GenericRowData(inside.getRowKind(), innerArity + ownKeys.length);
        for (int i = 0; i < innerArity; i++) {
            row.setField(i, inside.getField(i));
        }
        for (int i = 0; i < ownKeys.length; i++) {
            String value = ownKeys[i].equals(GuardedDecodingFormat.ERROR) ? error : raw;
            row.setField(innerArity + i, StringData.fromString(value));
        }
        return row;
    }

    /** The innermost message, after the field it is about: the wrappers only repeat the event. */
    private static String reason(Throwable error) {
        List<String> fields = new ArrayList<>();
        Throwable cause = error;
        while (cause.getCause() != null && cause.getCause() != cause) {
            Matcher field = FIELD.matcher(String.valueOf(cause.getMessage()));
            if (field.lookingAt()) {
                fields.add(field.group(1));
            }
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return fields.isEmpty() ? message : String.join(".", fields) + ": " + message;
    }

    private static Collector<RowData> collectInto(List<RowData> rows) {
        return new Collector<>() {
            @Override
            public void collect(RowData row) {
                rows.add(row);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public RowData deserialize(byte[] message) {
        throw new UnsupportedOperationException("one event can be two rows: use deserialize(message, out)");
    }

    @Override
    public boolean isEndOfStream(RowData row) {
        return false;
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return inner.getProducedType();
    }
}
