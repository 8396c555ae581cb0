package io.millrace.hot;

import java.time.Duration;
import java.util.List;
import org.apache.fluss.client.table.Table;
import org.apache.fluss.client.table.writer.UpsertWriter;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.row.GenericRow;
import org.apache.fluss.types.RowType;
import org.jspecify.annotations.Nullable;

/** Writes whole rows into a hot table with a primary key. For one thread at a time. */
public final class HotUpserts implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HotConnection connection;
    private final Table table;
    private final RowType type;
    private final UpsertWriter writer;

    /** @throws HotStoreException when the hot store does not answer */
    public HotUpserts(String bootstrap, String database, String name) {
        this.connection = new HotConnection(bootstrap, PATIENCE);
        this.table = connection.get().getTable(TablePath.of(database, name));
        this.type = table.getTableInfo().getRowType();
        this.writer = table.newUpsert().createWriter();
    }

    /** @param cells one for each column of the table, in its order: numbers in digits, times as ISO 8601 in UTC */
    public void add(List<@Nullable String> cells) {
        GenericRow row = new GenericRow(type.getFieldCount());
        for (int i = 0; i < type.getFieldCount(); i++) {
            String cell = cells.get(i);
            row.setField(i, cell == null ? null : Values.cell(type.getTypeAt(i), cell));
        }
        writer.upsert(row);
    }

    /** Waits until all rows are acknowledged. */
    @Override
    public void close() throws Exception {
        writer.flush();
        table.close();
        connection.close();
    }
}
