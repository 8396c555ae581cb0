package io.millrace.sql.metadata;

import io.millrace.sql.lake.ColumnTypes;
import io.millrace.sql.lake.Lake;
import io.millrace.sql.lake.TableName;
import io.millrace.sql.result.Column;
import io.millrace.sql.result.ColumnType;
import io.millrace.sql.result.ListedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataField;
import org.jspecify.annotations.Nullable;

/** Tables as DESC, SHOW CREATE TABLE and SHOW KEYS tell them. */
final class TableDescriptions {
    private final Lake lake;

    TableDescriptions(Lake lake) {
        this.lake = lake;
    }

    ListedRows columns(TableName name, boolean full) {
        Table table = lake.table(name);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (DataField field : table.rowType().getFields()) {
            String type = ColumnTypes.doris(field.type());
            String nullable = field.type().isNullable() ? "YES" : "NO";
            String key = table.primaryKeys().contains(field.name()) ? "PRI" : "";
            String comment = ColumnTypes.comment(field);
            rows.add(
                    full
                            ? ListedRows.row(
                                    field.name(), type, "utf8mb4_bin", nullable, key, null, "", "select", comment)
                            : ListedRows.row(field.name(), type, nullable, key, null, ""));
        }
        return new ListedRows(
                full
                        ? ListedRows.texts(
                                "Field",
                                "Type",
                                "Collation",
                                "Null",
                                "Key",
                                "Default",
                                "Extra",
                                "Privileges",
                                "Comment")
                        : ListedRows.texts("Field", "Type", "Null", "Key", "Default", "Extra"),
                rows);
    }

    ListedRows create(TableName name) {
        Table table = lake.table(name);
        List<String> lines = new ArrayList<>();
        for (DataField field : table.rowType().getFields()) {
            lines.add("  `" + field.name() + "` " + ColumnTypes.doris(field.type())
                    + (field.type().isNullable() ? " NULL" : " NOT NULL"));
        }
        if (!table.primaryKeys().isEmpty()) {
            lines.add("  PRIMARY KEY ("
                    + table.primaryKeys().stream().map(key -> "`" + key + "`").collect(Collectors.joining(", ")) + ")");
        }
        String sql = "CREATE TABLE `" + name.table() + "` (\n" + String.join(",\n", lines) + "\n) ENGINE=PAIMON";
        return new ListedRows(ListedRows.texts("Table", "Create Table"), List.of(ListedRows.row(name.table(), sql)));
    }

    ListedRows keys(TableName name) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        long position = 0;
        for (String key : lake.table(name).primaryKeys()) {
            rows.add(ListedRows.row(
                    name.table(), 0L, "PRIMARY", ++position, key, "A", null, null, null, "", "BTREE", "", ""));
        }
        return new ListedRows(
                List.of(
                        text("Table"),
                        number("Non_unique"),
                        text("Key_name"),
                        number("Seq_in_index"),
                        text("Column_name"),
                        text("Collation"),
                        number("Cardinality"),
                        text("Sub_part"),
                        text("Packed"),
                        text("Null"),
                        text("Index_type"),
                        text("Comment"),
                        text("Index_comment")),
                rows);
    }

    private static Column text(String name) {
        return new Column(name, ColumnType.TEXT);
    }

    private static Column number(String name) {
        return new Column(name, ColumnType.LONG);
    }
}
