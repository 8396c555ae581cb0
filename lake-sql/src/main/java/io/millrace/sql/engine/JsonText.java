package io.millrace.sql.engine;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.apache.paimon.data.BlobDescriptor;
import org.apache.paimon.data.DataGetters;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;

/** Nested Paimon values as JSON that DuckDB casts back to the nested type; scalars are strings, so none loses digits. */
final class JsonText {
    private final StringBuilder json = new StringBuilder();

    private JsonText() {}

    static String of(DataType type, DataGetters holder, int position) {
        JsonText text = new JsonText();
        text.value(type, holder, position);
        return text.json.toString();
    }

    /** Where a BLOB's bytes lie. */
    static String of(BlobDescriptor descriptor) {
        JsonText text = new JsonText();
        text.json.append("{\"uri\":");
        text.string(descriptor.uri());
        text.json.append(",\"offset\":").append(descriptor.offset());
        text.json.append(",\"length\":").append(descriptor.length()).append('}');
        return text.json.toString();
    }

    private void value(DataType type, DataGetters holder, int position) {
        if (holder.isNullAt(position)) {
            json.append("null");
            return;
        }
        switch (type.getTypeRoot()) {
            case ARRAY -> array(((ArrayType) type).getElementType(), holder.getArray(position));
            case MAP -> map((MapType) type, holder.getMap(position));
            case ROW -> row(((RowType) type).getFields(), holder.getRow(position, ((RowType) type).getFieldCount()));
            default -> string(scalar(type, holder, position));
        }
    }

    private void array(DataType element, InternalArray array) {
        json.append('[');
        for (int i = 0; i < array.size(); i++) {
            json.append(i == 0 ? "" : ",");
            value(element, array, i);
        }
        json.append(']');
    }

    private void map(MapType type, InternalMap map) {
        InternalArray keys = map.keyArray();
        InternalArray values = map.valueArray();
        json.append('{');
        for (int i = 0; i < map.size(); i++) {
            json.append(i == 0 ? "" : ",");
            string(scalar(type.getKeyType(), keys, i));
            json.append(':');
            value(type.getValueType(), values, i);
        }
        json.append('}');
    }

    private void row(List<DataField> fields, InternalRow row) {
        json.append('{');
        for (int i = 0; i < fields.size(); i++) {
            json.append(i == 0 ? "" : ",");
            string(fields.get(i).name());
            json.append(':');
            value(fields.get(i).type(), row, i);
        }
        json.append('}');
    }

    private void string(String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        json.append('"');
    }

    private static String scalar(DataType type, DataGetters holder, int position) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> String.valueOf(holder.getBoolean(position));
            case TINYINT -> String.valueOf(holder.getByte(position));
            case SMALLINT -> String.valueOf(holder.getShort(position));
            case INTEGER -> String.valueOf(holder.getInt(position));
            case BIGINT -> String.valueOf(holder.getLong(position));
            case FLOAT -> String.valueOf(holder.getFloat(position));
            case DOUBLE -> String.valueOf(holder.getDouble(position));
            case DATE -> LocalDate.ofEpochDay(holder.getInt(position)).toString();
            case TIME_WITHOUT_TIME_ZONE ->
                LocalTime.ofNanoOfDay(holder.getInt(position) * 1_000_000L).toString();
            case DECIMAL ->
                holder.getDecimal(position, ((DecimalType) type).getPrecision(), ((DecimalType) type).getScale())
                        .toBigDecimal()
                        .toPlainString();
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                holder.getTimestamp(position, DataTypeChecks.getPrecision(type))
                        .toLocalDateTime()
                        .toString();
            case BINARY, VARBINARY -> escaped(holder.getBinary(position));
            default -> holder.getString(position).toString();
        };
    }

    /** The form DuckDB casts to BLOB. */
    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(String.format("\\x%02X", b));
        }
        return text.toString();
    }
}
