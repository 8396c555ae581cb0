package io.millrace.sql.engine;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;

/** {@code lake_deleted(scan, file)}: the positions of a file's deleted rows. */
final class DeletedFunction implements DuckDBTableFunction<long[], AtomicInteger, Object> {
    private final Scans scans;

    DeletedFunction(Scans scans) {
        this.scans = scans;
    }

    @Override
    public long[] bind(DuckDBTableFunctionBindInfo info) throws IOException {
        long[] positions = scans.find(info.getParameter(0).getString())
                .table()
                .maskedFiles()
                .get(info.getParameter(1).getInt())
                .deletedPositions();
        info.addResultColumn("position", DuckDBColumnType.BIGINT);
        info.setCardinality(positions.length, true);
        return positions;
    }

    @Override
    public AtomicInteger init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        return new AtomicInteger();
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter output) {
        long[] positions = info.getBindData();
        AtomicInteger done = info.getInitData();
        int start = done.get();
        int count = (int) Math.min(output.capacity(), positions.length - start);
        DuckDBWritableVector vector = output.vector(0);
        for (int i = 0; i < count; i++) {
            vector.setLong(i, positions[start + i]);
        }
        done.set(start + count);
        return count;
    }
}
