package io.millrace.ingestion.media.reading;

import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.paimon.fs.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * Has sound transcribed by a model behind the gateway. What cannot be transcribed stays pending with the reason; it is
 * tried again when the job is built anew, not by itself.
 */
public final class Transcription extends RichAsyncFunction<ReadContent, ReadContent> {
    private static final long serialVersionUID = 1L;
    private static final int AT_ONCE = 4;

    private final String gateway;
    private final String keyVariable;
    private final String model;
    private final LakeBytes.Source lake;
    private transient @Nullable Work work;
    private transient @Nullable TranscriptionClient client;

    private Transcription(String gateway, String keyVariable, String model, LakeBytes.Source lake) {
        this.gateway = gateway;
        this.keyVariable = keyVariable;
        this.model = model;
        this.lake = lake;
    }

    /** Contents that are no sound pass as they are. */
    public static DataStream<ReadContent> of(
            DataStream<ReadContent> contents, String gateway, String keyVariable, String model, FileIO files) {
        Transcription transcription = new Transcription(gateway, keyVariable, model, new LakeBytes.Source(files));
        return AsyncDataStream.unorderedWait(contents, transcription, 0, TimeUnit.SECONDS, AT_ONCE)
                .uid("transcription")
                .name("transcription");
    }

    @Override
    public void open(OpenContext context) {
        work = new Work("transcription", AT_ONCE);
        client = new TranscriptionClient(work.http(), gateway, System.getenv(keyVariable), model);
    }

    @Override
    public void asyncInvoke(ReadContent read, ResultFuture<ReadContent> result) {
        work.start(
                () -> Documents.isPendingSound(read.document())
                        ? new ReadContent(read.content(), client.transcribe(read, lake.of(read.content())))
                        : read,
                result);
    }

    @Override
    public void close() {
        if (work != null) {
            work.close();
        }
    }
}
