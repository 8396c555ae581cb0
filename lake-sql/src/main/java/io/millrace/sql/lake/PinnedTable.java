package io.millrace.sql.lake;

import java.util.List;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.Split;

/**
 * A table at one version, and what it is read from.
 *
 * @param plainFiles Parquet files whose rows are all valid
 * @param maskedFiles Parquet files some of whose rows are deleted
 * @param mergedSplits what only Paimon's own reader can read
 * @param mergedBytes size of the merged splits' files
 */
public record PinnedTable(
        TableName name,
        Table table,
        Version version,
        List<String> plainFiles,
        List<MaskedFile> maskedFiles,
        List<Split> mergedSplits,
        long mergedBytes,
        long mergedRows) {
    public PinnedTable {
        plainFiles = List.copyOf(plainFiles);
        maskedFiles = List.copyOf(maskedFiles);
        mergedSplits = List.copyOf(mergedSplits);
    }

    /** System tables show metadata, which has no snapshots of its own. */
    public boolean isSystemTable() {
        return version.schemaId() < 0;
    }
}
