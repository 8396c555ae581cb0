package io.millrace.lake;

import io.millrace.changes.ChangeLog;
import io.millrace.changes.ChangeReader;
import io.millrace.changes.Position;
import io.millrace.changes.PositionException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.jspecify.annotations.Nullable;

/** The changes of a lake table by its snapshots. */
public final class LakeChangeLog implements ChangeLog {
    /** So many snapshots are near. */
    private static final long NEAR = 20;

    private final LakeChanges lake;
    private final Identifier name;
    private final FileStoreTable table;
    private final long made;

    LakeChangeLog(LakeChanges lake, Identifier name, FileStoreTable table) {
        this.lake = lake;
        this.name = name;
        this.table = table;
        this.made = table.schemaManager().earliestCreationTime();
    }

    /** Whether it is what the hot store's tiering keeps of a table there. */
    public boolean copyOfHot() {
        return Lake.isCopyOfHot(table);
    }

    @Override
    public Optional<LakeChangeLog> now() {
        return lake.changes(name);
    }

    /** Rows of a table that merges their columns are no whole rows before they are merged. */
    @Override
    public Optional<String> refusal() {
        CoreOptions options = table.coreOptions();
        return !table.primaryKeys().isEmpty()
                        && options.changelogProducer() == CoreOptions.ChangelogProducer.NONE
                        && options.mergeEngine() != CoreOptions.MergeEngine.DEDUPLICATE
                ? Optional.of("lake." + table.fullName() + " has the merge-engine " + options.mergeEngine()
                        + " and no changelog: add 'changelog-producer' = 'lookup' to its file")
                : Optional.empty();
    }

    @Override
    public boolean sameTable(ChangeLog other) {
        return other instanceof LakeChangeLog log
                && made == log.made
                && table.fullName().equals(log.table.fullName());
    }

    /** Readers look for new columns with each snapshot. */
    @Override
    public boolean sameColumns(ChangeLog other) {
        return true;
    }

    @Override
    public SnapshotPosition earliest() {
        return ask(() -> {
            @Nullable Long snapshot = table.snapshotManager().earliestSnapshotId();
            @Nullable
            Long changelog = table.coreOptions().changelogLifecycleDecoupled()
                    ? table.changelogManager().earliestLongLivedChangelogId()
                    : null;
            long earliest = snapshot == null ? Snapshot.FIRST_SNAPSHOT_ID : snapshot;
            return position(changelog == null ? earliest : Math.min(earliest, changelog));
        });
    }

    @Override
    public SnapshotPosition latest() {
        return ask(() -> {
            @Nullable Long latest = table.snapshotManager().latestSnapshotId();
            return position(latest == null ? Snapshot.FIRST_SNAPSHOT_ID : latest + 1);
        });
    }

    @Override
    public SnapshotPosition position(String text) {
        SnapshotPosition position = SnapshotPosition.parse(text);
        if (position.table() != made) {
            throw PositionException.wrong(text, "it is one of another table, or of one that this table replaced");
        }
        if (!latest().reaches(position)) {
            throw PositionException.wrong(text, "the table's snapshots do not go that far");
        }
        requireKept(position);
        return position;
    }

    @Override
    public void requireKept(Position position) {
        SnapshotPosition earliest = earliest();
        if (!position.reaches(earliest)) {
            throw PositionException.expired(position, earliest, "snapshot.time-retained");
        }
        SnapshotPosition latest = latest();
        if (!latest.reaches(position)) {
            if (latest.equals(earliest)) {
                throw new LakeException("table lake." + table.fullName() + " has no snapshot any more");
            }
            throw PositionException.passed(position, "the table was put back to what it was before");
        }
        long snapshot = ((SnapshotPosition) position).snapshot();
        if (snapshot < latest.snapshot() && ask(() -> rewritten(table, snapshot))) {
            throw rewritten(position);
        }
    }

    private static boolean rewritten(FileStoreTable table, long snapshot) {
        return table.snapshotManager().snapshotExists(snapshot)
                && rewrites(table.snapshotManager().snapshot(snapshot));
    }

    /** Such a commit, as a truncation is, says nothing of the rows it removes. */
    static boolean rewrites(Snapshot snapshot) {
        return snapshot.commitKind() == Snapshot.CommitKind.OVERWRITE;
    }

    static PositionException rewritten(Position position) {
        return PositionException.passed(position, "there all rows were written anew");
    }

    @Override
    public Position near(Position position, Position latest) {
        long from = ((SnapshotPosition) position).snapshot();
        long behind = ((SnapshotPosition) latest).snapshot() - from;
        SnapshotPosition earliest = earliest();
        return behind == 0 || behind > NEAR ? latest : position(Math.max(from - NEAR, earliest.snapshot()));
    }

    @Override
    public ChangeReader read(Position from) {
        return new LakeChangeReader(table, (SnapshotPosition) from);
    }

    private SnapshotPosition position(long snapshot) {
        return new SnapshotPosition(made, snapshot, 0);
    }

    private <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new LakeException(
                    "the snapshots of lake." + table.fullName() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
