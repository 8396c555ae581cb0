package io.millrace.ingestion.media.reading;

import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.paimon.fs.FileIO;
import org.jspecify.annotations.Nullable;

/** Has contents read by the document reader. */
public final class Reading extends RichAsyncFunction<StoredContent, ReadContent> {
    private static final long serialVersionUID = 1L;

    private final String reader;
    private final LakeBytes.Source lake;
    private transient @Nullable Work work;
    private transient @Nullable ReaderClient client;

    private Reading(String reader, LakeBytes.Source lake) {
        this.reader = reader;
        this.lake = lake;
    }

    /**
     * One content at a time, whatever the job's parallelism: a content that ends the reader must take no other down
     * with it, which would be written off with it. Checkpoints wait for the content under way, and for a reader that is
     * away.
     */
    public static DataStream<ReadContent> of(DataStream<StoredContent> contents, String reader, FileIO files) {
        return AsyncDataStream.unorderedWait(
                        contents, new Reading(reader, new LakeBytes.Source(files)), 0, TimeUnit.SECONDS, 1)
                .uid("reading")
                .name("reading")
                .setParallelism(1);
    }

    @Override
    public void open(OpenContext context) {
        work = new Work("reading", 1);
        client = new ReaderClient(work.http(), reader);
    }

    @Override
    public void asyncInvoke(StoredContent content, ResultFuture<ReadContent> result) {
        work.start(() -> new ReadContent(content, client.read(content, lake)), result);
    }

    @Override
    public void close() {
        if (work != null) {
            work.close();
        }
    }
}
