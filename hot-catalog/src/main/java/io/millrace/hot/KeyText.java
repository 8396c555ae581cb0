package io.millrace.hot;

import java.util.List;
import org.apache.fluss.types.DataTypes;

/** A key as a client writes it: the values of its columns in the table's order, separated by commas. */
public final class KeyText {
    private KeyText() {}

    /**
     * Its parts, one for each column; a key of one column is taken whole.
     *
     * @param table named in the message
     * @throws KeyException when there are more or fewer
     */
    public static List<String> parts(String table, List<String> columns, String text) {
        List<String> parts = columns.size() == 1 ? List.of(text) : List.of(text.split(",", -1));
        if (parts.size() != columns.size()) {
            throw new KeyException("key '" + Values.shortened(text) + "' of table " + table + ": give its columns "
                    + columns + " in this order, separated by commas");
        }
        return parts;
    }

    /**
     * @param column named in the message
     * @param type as in a table's definition
     * @throws KeyException when the text is no value of that type, or keys of it cannot be looked up
     */
    public static void requireValue(String column, String type, String text) {
        Values.parse(column, DataTypes.parse(type), text);
    }
}
