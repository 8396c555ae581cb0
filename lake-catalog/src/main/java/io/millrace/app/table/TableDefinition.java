package io.millrace.app.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lake table.
 *
 * @param database database within the lake catalog
 * @param primaryKey column names; empty for an append table
 * @param partitionKeys column names; empty for an unpartitioned table
 * @param options table options as written
 * @param file path as the author knows it
 * @param line 1-based line of CREATE TABLE
 */
public record TableDefinition(
        String database,
        String name,
        List<Column> columns,
        List<String> primaryKey,
        List<String> partitionKeys,
        Map<String, String> options,
        String comment,
        String file,
        int line) {
    /** Option of a hot table: whether it is carried into the lake. */
    public static final String TIERED = "table.datalake.enabled";

    public TableDefinition {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        partitionKeys = List.copyOf(partitionKeys);
        options = Map.copyOf(options);
    }

    public String qualifiedName() {
        return database + "." + name;
    }

    public Optional<Column> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    /** The same table with its columns in the order of these names. */
    public TableDefinition withColumnOrder(List<String> names) {
        List<Column> ordered =
                names.stream().map(name -> column(name).orElseThrow()).toList();
        return new TableDefinition(database, name, ordered, primaryKey, partitionKeys, options, comment, file, line);
    }

    /** The same columns and key, without the partitions and options that are good for one store only. */
    public TableDefinition withoutStorageOptions() {
        return new TableDefinition(database, name, columns, primaryKey, List.of(), Map.of(), comment, file, line);
    }

    /** The same table with columns added at the end. */
    public TableDefinition withColumns(List<Column> added) {
        List<Column> all = new ArrayList<>(columns);
        all.addAll(added);
        return new TableDefinition(database, name, all, primaryKey, partitionKeys, options, comment, file, line);
    }
}
