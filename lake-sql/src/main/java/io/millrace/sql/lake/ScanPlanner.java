package io.millrace.sql.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.format.blob.BlobFileFormat;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.DeletionFile;
import org.apache.paimon.table.source.RawFile;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;

/** Plans with Paimon's own batch scan and sorts its splits by how they can be read. */
final class ScanPlanner {
    private ScanPlanner() {}

    static PinnedTable plan(TableName name, Table table, Version version) {
        List<String> plain = new ArrayList<>();
        List<MaskedFile> masked = new ArrayList<>();
        List<Split> merged = new ArrayList<>();
        long bytes = 0;
        long rows = 0;
        Map<Long, Boolean> readableSchemas = new HashMap<>();
        for (Split split : table.newReadBuilder().newScan().plan().splits()) {
            List<RawFile> files = rawFiles(table, split, readableSchemas);
            if (files.isEmpty()) {
                merged.add(split);
                rows += split.mergedRowCount().orElse(split.rowCount());
                bytes += split instanceof DataSplit data
                        ? data.dataFiles().stream()
                                .filter(file -> !BlobFileFormat.isBlobFile(file.fileName()))
                                .mapToLong(file -> file.fileSize())
                                .sum()
                        : 0;
                continue;
            }
            List<DeletionFile> deletions = ((DataSplit) split).deletionFiles().orElse(null);
            for (int i = 0; i < files.size(); i++) {
                String path = localPath(files.get(i).path());
                if (deletions == null || deletions.get(i) == null) {
                    plain.add(path);
                } else {
                    masked.add(new MaskedFile(path, ((FileStoreTable) table).fileIO(), deletions.get(i)));
                }
            }
        }
        return new PinnedTable(name, table, version, plain, masked, merged, bytes, rows);
    }

    /** The files DuckDB can read by itself, or none. */
    private static List<RawFile> rawFiles(Table table, Split split, Map<Long, Boolean> readableSchemas) {
        if (!(split instanceof DataSplit data)
                || !(table instanceof FileStoreTable store)
                // A row's columns may lie in several files; a BLOB's file holds more than its bytes.
                || store.coreOptions().dataEvolutionEnabled()
                || store.rowType().getFieldTypes().stream().anyMatch(ColumnTypes::isBlob)) {
            return List.of();
        }
        List<RawFile> files = data.convertToRawFiles().orElse(List.of());
        boolean readable = files.stream()
                .allMatch(file -> file.format().equals("parquet")
                        && isLocal(file.path())
                        && file.path().chars().noneMatch(c -> "*?[]{}".indexOf(c) >= 0)
                        && readableSchemas.computeIfAbsent(file.schemaId(), id -> sameTypes(store, id)));
        return readable ? files : List.of();
    }

    /** Whether the columns a file of this schema still shares with the table have the table's types. */
    private static boolean sameTypes(FileStoreTable table, long schemaId) {
        if (schemaId == table.schema().id()) {
            return true;
        }
        Map<Integer, DataType> now = new HashMap<>();
        table.schema().fields().forEach(field -> now.put(field.id(), field.type()));
        TableSchema then = table.schemaManager().schema(schemaId);
        for (DataField field : then.fields()) {
            DataType type = now.get(field.id());
            if (type != null
                    && (isNested(type) || !type.copy(true).equals(field.type().copy(true)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNested(DataType type) {
        return type instanceof RowType || type instanceof ArrayType || type instanceof MapType;
    }

    /** DuckDB has no way to an object store here: Paimon reads what is there. */
    private static boolean isLocal(String path) {
        return path.startsWith("file:") || path.startsWith("/");
    }

    private static String localPath(String path) {
        return path.replaceFirst("^file:/*", "/");
    }
}
