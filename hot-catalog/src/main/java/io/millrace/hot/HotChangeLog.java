package io.millrace.hot;

import io.millrace.changes.ChangeLog;
import io.millrace.changes.ChangeReader;
import io.millrace.changes.Position;
import io.millrace.changes.PositionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.fluss.client.admin.OffsetSpec;
import org.apache.fluss.metadata.TableInfo;

/** The changelog of a hot table. */
public final class HotChangeLog implements ChangeLog {
    /** So many offsets are near. */
    private static final long NEAR = 1000;

    private final HotConnection connection;
    private final TableInfo info;

    HotChangeLog(HotConnection connection, TableInfo info) {
        this.connection = connection;
        this.info = info;
    }

    @Override
    public Optional<HotChangeLog> now() {
        connection.requireListening();
        return connection.describe(info.getTablePath()).map(now -> new HotChangeLog(connection, now));
    }

    /** A partitioned table has no positions: its partitions come and go. */
    @Override
    public Optional<String> refusal() {
        return info.isPartitioned()
                ? Optional.of("hot." + info.getTablePath()
                        + " is partitioned: only tables without partitions can be followed")
                : Optional.empty();
    }

    @Override
    public boolean sameTable(ChangeLog other) {
        return other instanceof HotChangeLog log && info.getTableId() == log.info.getTableId();
    }

    @Override
    public boolean sameColumns(ChangeLog other) {
        return other instanceof HotChangeLog log && info.getSchemaId() == log.info.getSchemaId();
    }

    @Override
    public LogPosition earliest() {
        return position(new OffsetSpec.EarliestSpec());
    }

    @Override
    public LogPosition latest() {
        return position(new OffsetSpec.LatestSpec());
    }

    @Override
    public LogPosition position(String text) {
        LogPosition position = LogPosition.parse(text);
        if (position.table() != info.getTableId() || position.buckets() != info.getNumBuckets()) {
            throw PositionException.wrong(text, "it is one of another table, or of one that this table replaced");
        }
        if (!latest().reaches(position)) {
            throw PositionException.wrong(text, "the table's log does not go that far");
        }
        requireKept(position);
        return position;
    }

    @Override
    public void requireKept(Position position) {
        ((LogPosition) position).requireFrom(earliest());
    }

    @Override
    public Position near(Position position, Position latest) {
        LogPosition from = (LogPosition) position;
        long behind = from.distance((LogPosition) latest);
        return behind == 0 || behind > NEAR ? latest : from.back(NEAR).furthest(earliest());
    }

    @Override
    public ChangeReader read(Position from) {
        return new HotChangeReader(connection, info, (LogPosition) from);
    }

    private LogPosition position(OffsetSpec where) {
        List<Integer> buckets = IntStream.range(0, info.getNumBuckets()).boxed().toList();
        Map<Integer, Long> offsets =
                connection.answer("changes of hot." + info.getTablePath(), connection.ask(admin -> admin.listOffsets(
                                info.getTablePath(), buckets, where)
                        .all()));
        return LogPosition.of(
                info.getTableId(), buckets.stream().mapToLong(offsets::get).toArray());
    }
}
