package io.millrace.ingestion.guarded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/** Another format plus two metadata columns: {@code error}, null for a good row, and {@code raw}, the event's text. */
final class GuardedDecodingFormat implements DecodingFormat<DeserializationSchema<RowData>> {
    static final String ERROR = "error";
    static final String RAW = "raw";

    private final DecodingFormat<DeserializationSchema<RowData>> inner;
    private final List<String> required;
    private List<String> ownKeys = List.of();
    private int innerKeys;

    GuardedDecodingFormat(DecodingFormat<DeserializationSchema<RowData>> inner, List<String> required) {
        this.inner = inner;
        this.required = required;
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        Map<String, DataType> metadata = new LinkedHashMap<>(inner.listReadableMetadata());
        metadata.put(ERROR, DataTypes.STRING());
        metadata.put(RAW, DataTypes.STRING());
        return metadata;
    }

    @Override
    public void applyReadableMetadata(List<String> keys) {
        List<String> own = keys.stream().filter(GuardedDecodingFormat::isOwn).toList();
        List<String> others = keys.stream().filter(key -> !isOwn(key)).toList();
        if (!keys.subList(others.size(), keys.size()).equals(own)) {
            throw new IllegalStateException("metadata must come in the order it is listed in, but came as " + keys);
        }
        if (!others.isEmpty()) {
            inner.applyReadableMetadata(others);
        }
        ownKeys = own;
        innerKeys = others.size();
    }

    @Override
    public DeserializationSchema<RowData> createRuntimeDecoder(
            DynamicTableSource.Context context, DataType physicalType) {
        RowType row = (RowType) physicalType.getLogicalType();
        int[] mustBeSet = required.stream()
                .mapToInt(column -> row.getFieldNames().indexOf(column))
                .toArray();
        boolean everyEventIsARow = inner.getChangelogMode().containsOnly(RowKind.INSERT);
        return new GuardedDeserialization(
                inner.createRuntimeDecoder(context, everyEventIsARow ? physicalType : LocalTimes.asText(physicalType)),
                everyEventIsARow ? null : new LocalTimes(physicalType),
                new Precisions(physicalType),
                row.getFieldCount() + innerKeys,
                mustBeSet,
                required.toArray(String[]::new),
                ownKeys.toArray(String[]::new),
                everyEventIsARow);
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return inner.getChangelogMode();
    }

    private static boolean isOwn(String key) {
        return key.equals(ERROR) || key.equals(RAW);
    }
}
