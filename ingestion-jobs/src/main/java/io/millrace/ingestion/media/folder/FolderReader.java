package io.millrace.ingestion.media.folder;

import io.millrace.ingestion.media.content.Arrival;
import io.millrace.ingestion.media.content.FileIntake;
import io.millrace.ingestion.media.content.FileIntake.Taken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads files one after the other in a thread of its own. All that comes of a file is emitted at once, so a checkpoint
 * has either all of it or the split.
 */
final class FolderReader implements SourceReader<Arrival, FileSplit> {
    private static final long CLOSE_SECONDS = 10;

    private final SourceReaderContext context;
    private final FileWork work;
    private final FileIntake intake;
    private final ExecutorService thread;
    private final ArrayDeque<FileSplit> waiting = new ArrayDeque<>();
    private final NavigableMap<Long, List<String>> stagedByCheckpoint = new TreeMap<>();
    private List<String> staged = new ArrayList<>();
    private CompletableFuture<Void> splitsAdded = new CompletableFuture<>();
    private CompletableFuture<Void> swept = new CompletableFuture<>();
    private @Nullable FileSplit current;
    private @Nullable CompletableFuture<Taken> reading;
    private boolean requested;

    FolderReader(SourceReaderContext context, FileWork work, FileIntake intake) {
        this.context = context;
        this.work = work;
        this.intake = intake;
        ClassLoader classes = context.getUserCodeClassLoader().asClassLoader();
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "media-reader-" + context.getIndexOfSubtask());
            created.setContextClassLoader(classes);
            created.setDaemon(true);
            return created;
        });
    }

    @Override
    public void start() {
        swept = CompletableFuture.runAsync(() -> sweep(context.currentParallelism()), thread);
        request();
    }

    private void sweep(int readers) {
        try {
            intake.staging().sweep(readers);
        } catch (IOException e) {
            throw new UncheckedIOException("staging at " + intake.staging().uri() + " cannot be swept", e);
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Arrival> output) throws Exception {
        if (reading != null && reading.isDone()) {
            Taken taken = result(reading);
            taken.arrivals().forEach(output::collect);
            staged.addAll(taken.staged());
            reading = null;
            current = null;
        }
        if (reading == null && !waiting.isEmpty()) {
            FileSplit next = waiting.remove();
            current = next;
            reading = swept.thenApplyAsync(nothing -> read(next), thread);
            request();
        }
        return reading != null && reading.isDone() ? InputStatus.MORE_AVAILABLE : InputStatus.NOTHING_AVAILABLE;
    }

    private Taken read(FileSplit split) {
        try {
            return work.read(split);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the reader is closed", e);
        }
    }

    private static Taken result(CompletableFuture<Taken> done) throws Exception {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Asks as soon as the last split is begun, so that the next one is there when it ends. */
    private void request() {
        if (waiting.isEmpty() && !requested) {
            requested = true;
            context.sendSplitRequest();
        }
    }

    @Override
    public void addSplits(List<FileSplit> splits) {
        waiting.addAll(splits);
        requested = false;
        splitsAdded.complete(null);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        if (reading != null) {
            return reading.handle((taken, failure) -> null);
        }
        if (!waiting.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        if (splitsAdded.isDone()) {
            splitsAdded = new CompletableFuture<>();
        }
        return splitsAdded;
    }

    @Override
    public List<FileSplit> snapshotState(long checkpoint) {
        stagedByCheckpoint.put(checkpoint, staged);
        staged = new ArrayList<>();
        List<FileSplit> splits = new ArrayList<>(waiting);
        if (current != null) {
            splits.add(0, current);
        }
        return splits;
    }

    /** All that was emitted before the checkpoint lies in the lake's own files now. */
    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        NavigableMap<Long, List<String>> committed = stagedByCheckpoint.headMap(checkpoint, true);
        for (List<String> files : committed.values()) {
            if (!files.isEmpty()) {
                thread.execute(() -> intake.discard(files));
            }
        }
        committed.clear();
    }

    @Override
    public void notifyNoMoreSplits() {
        // a folder has no end
    }

    @Override
    public void close() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
