package io.millrace.hot;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.fluss.exception.LakeTableSnapshotNotExistException;
import org.apache.fluss.metadata.TableInfo;
import org.apache.fluss.metadata.TablePath;

/** How far hot tables have come on their way into the lake. */
public final class Tiering implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HotConnection connection;

    /** @param bootstrap {@code HOST:PORT} */
    public Tiering(String bootstrap) {
        this(new HotConnection(bootstrap, PATIENCE));
    }

    Tiering(HotConnection connection) {
        this.connection = connection;
    }

    /**
     * A table's copy in the lake.
     *
     * @param snapshot of the lake's table, 0 before the first
     * @param changesBehind changes of the hot table that are not in that snapshot
     */
    public record Progress(long snapshot, long changesBehind) {}

    /**
     * @param table one that is carried into the lake
     * @throws HotStoreException when the hot store does not answer, or has no such table
     */
    public Progress of(String database, String table) {
        TablePath path = TablePath.of(database, table);
        String what = "table hot." + path;
        // Before the ends, so that what is tiered in between is not counted as behind.
        Map<Integer, Long> carried = Map.of();
        long snapshot = 0;
        try {
            var lake = connection.await(what, connection.ask(admin -> admin.getLatestLakeSnapshot(path)));
            snapshot = lake.getSnapshotId();
            carried = lake.getTableBucketsOffset().entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().getBucket(), Map.Entry::getValue, Long::sum));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof LakeTableSnapshotNotExistException)) {
                throw new HotStoreException(what + ": " + e.getCause().getMessage(), e.getCause());
            }
        }
        TableInfo info = connection.answer(what, connection.ask(admin -> admin.getTableInfo(path)));
        LogPosition end = new HotChangeLog(connection, info).latest();
        long behind = 0;
        for (int bucket = 0; bucket < info.getNumBuckets(); bucket++) {
            behind += Math.max(0, end.offset(bucket) - carried.getOrDefault(bucket, 0L));
        }
        return new Progress(snapshot, behind);
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
