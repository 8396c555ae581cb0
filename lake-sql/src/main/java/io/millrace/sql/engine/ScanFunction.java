package io.millrace.sql.engine;

import io.millrace.sql.lake.ColumnTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.RowType;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.jspecify.annotations.Nullable;

/**
 * {@code lake_scan(key)}: the merged rows of a scan, each split read by one thread. Types that table functions cannot
 * return are sent in other ones, which {@link RelationSql} turns back: timestamps as microseconds, bytes as
 * hexadecimal text, nested values as JSON.
 */
final class ScanFunction implements DuckDBTableFunction<Scan, ScanFunction.Run, ScanFunction.Worker> {
    private final Scans scans;

    ScanFunction(Scans scans) {
        this.scans = scans;
    }

    /** One execution: the columns wanted, and the splits not yet taken. */
    record Run(Scan scan, RowType columns, Queue<Split> splits) {}

    /** One thread's place in a run. */
    static final class Worker {
        private @Nullable RecordReader<InternalRow> reader;
        private RecordReader.@Nullable RecordIterator<InternalRow> batch;
        private @Nullable ChunkFiller filler;

        private ChunkFiller filler(Run run) {
            if (filler == null) {
                filler = new ChunkFiller(run.columns());
            }
            return filler;
        }

        private @Nullable InternalRow next(Run run) throws IOException {
            while (true) {
                if (batch != null) {
                    InternalRow row = batch.next();
                    if (row != null) {
                        return row;
                    }
                    batch.releaseBatch();
                    batch = null;
                }
                if (reader == null) {
                    Split split = run.splits().poll();
                    if (split == null) {
                        return null;
                    }
                    reader = run.scan().open(split, run.columns());
                }
                batch = reader.readBatch();
                if (batch == null) {
                    run.scan().close(reader);
                    reader = null;
                }
            }
        }
    }

    @Override
    public Scan bind(DuckDBTableFunctionBindInfo info) throws java.sql.SQLException {
        Scan scan = scans.find(info.getParameter(0).getString());
        for (DataField field : scan.fields()) {
            if (field.type() instanceof DecimalType decimal) {
                info.addResultColumn(
                        field.name(), DuckDBLogicalType.decimal(decimal.getPrecision(), decimal.getScale()));
            } else {
                info.addResultColumn(field.name(), sentAs(field.type()));
            }
        }
        info.setCardinality(scan.table().mergedRows(), false);
        return scan;
    }

    private static DuckDBColumnType sentAs(DataType type) {
        return switch (type.getTypeRoot()) {
            case TIME_WITHOUT_TIME_ZONE -> DuckDBColumnType.INTEGER;
            case BINARY, VARBINARY -> DuckDBColumnType.VARCHAR;
            default ->
                ColumnTypes.isTimestamp(type)
                        ? DuckDBColumnType.BIGINT
                        : ColumnTypes.isNested(type)
                                ? DuckDBColumnType.VARCHAR
                                : DuckDBColumnType.valueOf(ColumnTypes.duckDb(type));
        };
    }

    @Override
    public Run init(DuckDBTableFunctionInitInfo info) {
        Scan scan = info.getBindData();
        scans.merging();
        List<DataField> columns = new ArrayList<>();
        for (int i = 0; i < info.getColumnCount(); i++) {
            long index = info.getColumnIndex(i);
            // count(*) asks for no column at all, by an index behind the last one
            columns.add(scan.fields().get(index < 0 || index >= scan.fields().size() ? 0 : (int) index));
        }
        List<Split> splits = scan.table().mergedSplits();
        info.setMaxThreads(Math.max(1, splits.size()));
        return new Run(scan, new RowType(columns), new ConcurrentLinkedQueue<>(splits));
    }

    @Override
    public Worker localInit(DuckDBTableFunctionInitInfo info) {
        return new Worker();
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter output) throws IOException {
        Run run = info.getInitData();
        Worker worker = info.getLocalInitData();
        ChunkFiller filler = worker.filler(run);
        filler.start(output);
        int count = 0;
        while (count < output.capacity()) {
            InternalRow row = worker.next(run);
            if (row == null) {
                break;
            }
            filler.put(row, count++);
        }
        run.scan().count(filler.finish(count));
        return count;
    }
}
