package io.millrace.ingestion.media.folder;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists a folder again and again, and hands what is new in it to readers that ask. */
final class FolderEnumerator implements SplitEnumerator<FileSplit, FolderState> {
    private static final Logger LOG = LoggerFactory.getLogger(FolderEnumerator.class);

    /** A listing may take a tenth of the time. */
    private static final int PAUSE_FACTOR = 9;

    /** Splits a reader gets at a time: few, so that no other one waits for them. */
    private static final int BATCH = 8;

    /** A store that is away for moments must not stop the other folders. */
    private static final int FAILURES = 30;

    private final SplitEnumeratorContext<FileSplit> context;
    private final String uri;
    private final long listMillis;
    private final Watch watch;
    private final ArrayDeque<FileSplit> waiting;
    private final Set<Integer> idle = new LinkedHashSet<>();
    private int failures;

    /** Touched by the listing thread alone. */
    private long nextListingNanos = System.nanoTime();

    FolderEnumerator(SplitEnumeratorContext<FileSplit> context, String uri, long listMillis, FolderState state) {
        this.context = context;
        this.uri = uri;
        this.listMillis = listMillis;
        this.watch = new Watch(state.seen());
        this.waiting = new ArrayDeque<>(state.waiting());
    }

    @Override
    public void start() {
        Folder folder = Folder.of(uri);
        context.callAsync(() -> list(folder), this::listed, 0, listMillis);
    }

    private Optional<List<Found>> list(Folder folder) throws IOException {
        long begin = System.nanoTime();
        if (begin - nextListingNanos < 0) {
            return Optional.empty();
        }
        List<Found> files = folder.list();
        long end = System.nanoTime();
        nextListingNanos = end + PAUSE_FACTOR * (end - begin);
        return Optional.of(files);
    }

    private void listed(Optional<List<Found>> listing, @Nullable Throwable failure) {
        if (failure != null) {
            failures++;
            LOG.warn("folder {} cannot be listed, {} times in a row", uri, failures, failure);
            if (failures == FAILURES) {
                throw new FlinkRuntimeException("folder " + uri + " cannot be listed: " + failure, failure);
            }
            return;
        }
        failures = 0;
        long now = System.currentTimeMillis();
        for (Found file : listing.map(watch::settled).orElse(List.of())) {
            waiting.add(new FileSplit(file.path(), file.version(), now, file.refusal()));
        }
        assign();
    }

    private void assign() {
        for (Integer reader : List.copyOf(idle)) {
            if (waiting.isEmpty()) {
                return;
            }
            int share = Math.min(BATCH, (waiting.size() + idle.size() - 1) / idle.size());
            idle.remove(reader);
            if (context.registeredReaders().containsKey(reader)) {
                List<FileSplit> splits = new ArrayList<>();
                for (int i = 0; i < share; i++) {
                    splits.add(waiting.remove());
                }
                context.assignSplits(new SplitsAssignment<>(Map.of(reader, splits)));
            }
        }
    }

    @Override
    public void handleSplitRequest(int reader, @Nullable String host) {
        idle.add(reader);
        assign();
    }

    @Override
    public void addSplitsBack(List<FileSplit> splits, int reader) {
        idle.remove(reader);
        waiting.addAll(splits);
        assign();
    }

    @Override
    public void addReader(int reader) {
        // readers ask for themselves
    }

    @Override
    public FolderState snapshotState(long checkpoint) {
        return new FolderState(watch.seen(), List.copyOf(waiting));
    }

    @Override
    public void close() {
        // nothing is open between two listings
    }
}
