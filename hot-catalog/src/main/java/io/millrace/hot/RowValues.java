package io.millrace.hot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.fluss.row.InternalRow;
import org.apache.fluss.row.InternalRow.FieldGetter;
import org.apache.fluss.types.DataType;
import org.apache.fluss.types.RowType;
import org.jspecify.annotations.Nullable;

/** Rows of a table as Java has them. For many threads at a time. */
final class RowValues {
    private final List<String> names;
    private final List<DataType> types;
    private final FieldGetter[] fields;

    RowValues(RowType type) {
        this.names = type.getFieldNames();
        this.types = type.getChildren();
        this.fields = InternalRow.createFieldGetters(type);
    }

    /** Each column with its value, in the table's order. */
    Map<String, @Nullable Object> of(InternalRow row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i++) {
            values.put(names.get(i), Values.java(types.get(i), fields[i].getFieldOrNull(row)));
        }
        return values;
    }
}
