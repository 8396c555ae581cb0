package io.millrace.launcher.bench;

import io.millrace.lake.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.BinaryRowWriter;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.query.LocalTableQuery;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataTypeRoot;

/** Rows of a lake table's newest snapshot by key, by Paimon's own reader in this process. Only for tables of one bucket. */
final class PaimonLookups implements AutoCloseable {
    private final boolean numbers;
    private final IOManager disk;
    private final LocalTableQuery query;

    /** @param folder where it keeps what it has fetched */
    PaimonLookups(Lake lake, String database, String name, Path folder) {
        FileStoreTable table = lake.table(database, name);
        this.numbers =
                table.rowType().getField(table.primaryKeys().get(0)).type().getTypeRoot() == DataTypeRoot.BIGINT;
        this.disk = IOManager.create(folder.toString());
        this.query = table.newLocalTableQuery().withIOManager(disk);
        for (Split split : table.newReadBuilder().newScan().plan().splits()) {
            DataSplit files = (DataSplit) split;
            query.refreshFiles(files.partition(), files.bucket(), List.of(), files.dataFiles());
        }
    }

    /** Whether there is such a row. */
    boolean has(String key) throws IOException {
        BinaryRow row = new BinaryRow(1);
        BinaryRowWriter writer = new BinaryRowWriter(row);
        if (numbers) {
            writer.writeLong(0, Long.parseLong(key));
        } else {
            writer.writeString(0, BinaryString.fromString(key));
        }
        writer.complete();
        return query.lookup(BinaryRow.EMPTY_ROW, 0, row) != null;
    }

    @Override
    public void close() throws Exception {
        query.close();
        disk.close();
    }
}
