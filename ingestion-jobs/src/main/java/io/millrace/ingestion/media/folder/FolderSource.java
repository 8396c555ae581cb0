package io.millrace.ingestion.media.folder;

import io.millrace.app.media.WatchedFolder;
import io.millrace.ingestion.media.content.Arrival;
import io.millrace.ingestion.media.content.FileIntake;
import io.millrace.ingestion.media.content.Staging;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The files of a folder, each version once, for ever. */
public final class FolderSource implements Source<Arrival, FileSplit, FolderState> {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String uri;
    private final String staging;
    private final long maxBytes;
    private final long listMillis;

    /**
     * @param staging URI of a folder of this source alone, on the lake's store, with a slash at its end
     * @param maxBytes larger files are refused
     */
    public FolderSource(WatchedFolder folder, String staging, long maxBytes, long listMillis) {
        this.name = folder.source();
        this.uri = folder.uri();
        this.staging = staging;
        this.maxBytes = maxBytes;
        this.listMillis = listMillis;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<Arrival, FileSplit> createReader(SourceReaderContext context) {
        FileIntake intake = new FileIntake(new Staging(staging, context.getIndexOfSubtask()), maxBytes);
        return new FolderReader(context, new FileWork(name, Folder.of(uri), intake), intake);
    }

    @Override
    public SplitEnumerator<FileSplit, FolderState> createEnumerator(SplitEnumeratorContext<FileSplit> context) {
        return restoreEnumerator(context, new FolderState(Map.of(), List.of()));
    }

    @Override
    public SplitEnumerator<FileSplit, FolderState> restoreEnumerator(
            SplitEnumeratorContext<FileSplit> context, FolderState state) {
        return new FolderEnumerator(context, uri, listMillis, state);
    }

    @Override
    public SimpleVersionedSerializer<FileSplit> getSplitSerializer() {
        return new FileSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<FolderState> getEnumeratorCheckpointSerializer() {
        return new FolderStateSerializer();
    }
}
