package io.millrace.lake;

import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeJsonParser;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.MapType;

/** A table definition as a Paimon schema. */
final class TableSchema {
    /** What a laptop needs unless the table says otherwise: small buffers, files every reader can read. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "file.format", "parquet",
            "write-buffer-size", "16 mb",
            "lookup.cache-max-memory-size", "32 mb",
            // A writer that had a second without rows reads all manifests at its next one.
            "manifest.merge-min-count", "8",
            "snapshot.time-retained", "1 h",
            "snapshot.num-retained.min", "10");

    private static final List<String> BLOB_OPTIONS = List.of("blob-field", "blob-descriptor-field", "blob-view-field");

    private TableSchema() {}

    static Schema of(TableDefinition table) {
        Schema.Builder schema = Schema.newBuilder()
                .primaryKey(table.primaryKey())
                .partitionKeys(table.partitionKeys())
                .options(options(table))
                .comment(table.comment());
        for (Column column : table.columns()) {
            schema.column(column.name(), type(table, column), column.comment().isEmpty() ? null : column.comment());
        }
        return schema.build();
    }

    static Map<String, String> options(TableDefinition table) {
        Map<String, String> options = new HashMap<>(DEFAULTS);
        options.putAll(table.options());
        return options;
    }

    static DataType type(TableDefinition table, Column column) {
        if (isBlob(table, column)) {
            return DataTypes.BLOB().copy(column.nullable());
        }
        try {
            return type(column.type()).copy(column.nullable());
        } catch (IllegalArgumentException e) {
            throw new LakeException(
                    table.file() + ":" + column.line() + ": column " + column.name()
                            + " has a type the lake does not know: " + column.type(),
                    e);
        }
    }

    /** Only Paimon's SQL catalog makes a BLOB of a BYTES column by itself. */
    private static boolean isBlob(TableDefinition table, Column column) {
        return column.type().equalsIgnoreCase("BYTES")
                && BLOB_OPTIONS.stream()
                        .flatMap(option -> Stream.of(
                                table.options().getOrDefault(option, "").split(",")))
                        .anyMatch(name -> name.strip().equals(column.name()));
    }

    private static DataType type(String text) {
        String type = text.strip();
        String upper = type.toUpperCase(Locale.ROOT);
        if (upper.startsWith("ARRAY<")) {
            return new ArrayType(type(inner(type)));
        }
        if (upper.startsWith("MAP<")) {
            List<String> parts = splitTopLevel(inner(type));
            return new MapType(type(parts.get(0)), type(parts.get(1)));
        }
        return DataTypeJsonParser.parseAtomicTypeSQLString(upper);
    }

    private static String inner(String type) {
        return type.substring(type.indexOf('<') + 1, type.lastIndexOf('>'));
    }

    private static List<String> splitTopLevel(String types) {
        int depth = 0;
        for (int i = 0; i < types.length(); i++) {
            char c = types.charAt(i);
            if (c == '<' || c == '(') {
                depth++;
            } else if (c == '>' || c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                return List.of(types.substring(0, i), types.substring(i + 1));
            }
        }
        throw new IllegalArgumentException("MAP needs a key and a value type: " + types);
    }
}
