package io.millrace.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;
import org.jspecify.annotations.Nullable;

/** The rows of a Paimon table as text, by what Paimon 1.3 and 2.0 both have. */
final class LakeRows {
    private LakeRows() {}

    /** Every row of the newest snapshot, sorted. */
    static List<String> of(Table table) throws IOException {
        ReadBuilder builder = table.newReadBuilder();
        RowType type = table.rowType();
        List<String> rows = new ArrayList<>();
        try (var reader = builder.newRead().createReader(builder.newScan().plan())) {
            reader.forEachRemaining(row -> rows.add(text(type, row)));
        }
        rows.sort(null);
        return rows;
    }

    static String text(RowType type, InternalRow row) {
        StringJoiner text = new StringJoiner("|");
        for (int i = 0; i < type.getFieldCount(); i++) {
            DataType field = type.getTypeAt(i);
            text.add(text(field, InternalRow.createFieldGetter(field, i).getFieldOrNull(row)));
        }
        return text.toString();
    }

    private static String text(DataType type, @Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof InternalArray array) {
            return text(((ArrayType) type).getElementType(), array).toString();
        }
        if (value instanceof InternalMap map) {
            MapType entries = (MapType) type;
            return text(entries.getKeyType(), map.keyArray()) + "->" + text(entries.getValueType(), map.valueArray());
        }
        return String.valueOf(value).replace("\n", "\\n");
    }

    private static List<String> text(DataType element, InternalArray array) {
        InternalArray.ElementGetter getter = InternalArray.createElementGetter(element);
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            elements.add(text(element, getter.getElementOrNull(array, i)));
        }
        return elements;
    }
}
