package io.millrace.hot;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.fluss.client.admin.OffsetSpec;
import org.apache.fluss.metadata.TableInfo;

/** The changelog of a hot table as it is described now. For many threads at a time. */
public final class ChangeLog {
    private final HotConnection connection;
    private final TableInfo info;

    ChangeLog(HotConnection connection, TableInfo info) {
        this.connection = connection;
        this.info = info;
    }

    /** A partitioned table has no positions: its partitions come and go. */
    public boolean partitioned() {
        return info.isPartitioned();
    }

    /** The same table, not one of its name made later. */
    public boolean sameTable(ChangeLog other) {
        return info.getTableId() == other.info.getTableId();
    }

    public boolean sameColumns(ChangeLog other) {
        return info.getSchemaId() == other.info.getSchemaId();
    }

    /** @throws HotStoreException when the hot store does not answer */
    public Position earliest() {
        return position(new OffsetSpec.EarliestSpec());
    }

    /**
     * After everything that is committed.
     *
     * @throws HotStoreException when the hot store does not answer
     */
    public Position latest() {
        return position(new OffsetSpec.LatestSpec());
    }

    /**
     * The position of that text.
     *
     * @throws PositionException when it is none of this table, or the log no longer has what follows
     * @throws HotStoreException when the hot store does not answer
     */
    public Position position(String text) {
        Position position = Position.parse(text);
        if (position.table() != info.getTableId() || position.buckets() != info.getNumBuckets()) {
            throw PositionException.wrong(text, "it is one of another table, or of one that this table replaced");
        }
        if (!latest().reaches(position)) {
            throw PositionException.wrong(text, "the table's log does not go that far");
        }
        requireKept(position);
        return position;
    }

    /**
     * @throws PositionException when the log no longer has what follows
     * @throws HotStoreException when the hot store does not answer
     */
    public void requireKept(Position position) {
        position.requireFrom(earliest());
    }

    /**
     * So many offsets before a position in every bucket, as far as the log has them.
     *
     * @throws HotStoreException when the hot store does not answer
     */
    public Position before(Position position, long offsets) {
        return position.back(offsets).furthest(earliest());
    }

    /** @throws HotStoreException when the hot store does not answer */
    public ChangeReader read(Position from) {
        return new ChangeReader(connection, info, from);
    }

    private Position position(OffsetSpec where) {
        List<Integer> buckets = IntStream.range(0, info.getNumBuckets()).boxed().toList();
        Map<Integer, Long> offsets =
                connection.answer("changes of hot." + info.getTablePath(), connection.ask(admin -> admin.listOffsets(
                                info.getTablePath(), buckets, where)
                        .all()));
        return Position.of(
                info.getTableId(), buckets.stream().mapToLong(offsets::get).toArray());
    }
}
