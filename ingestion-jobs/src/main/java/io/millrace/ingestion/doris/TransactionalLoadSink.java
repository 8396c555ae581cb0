package io.millrace.ingestion.doris;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.doris.flink.sink.DorisCommittable;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/**
 * Each row becomes visible once, with its checkpoint. What was loaded after the last checkpoint is given up at a restart;
 * what no state tells of, Doris gives up itself after its timeout for loads that wait for a commit.
 */
final class TransactionalLoadSink
        implements Sink<RowData>, SupportsCommitter<DorisCommittable>, SupportsWriterState<RowData, WriterState> {
    private static final long serialVersionUID = 1L;

    private final LoadTarget target;
    private final RowEncoder encoder;

    TransactionalLoadSink(LoadTarget target, RowEncoder encoder) {
        this.target = target;
        this.encoder = encoder;
    }

    @Override
    public StatefulSinkWriter<RowData, WriterState> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<RowData, WriterState> restoreWriter(
            WriterInitContext context, Collection<WriterState> states) throws IOException {
        for (WriterState state : states) {
            try {
                new Transactions(target).abort(state);
            } catch (Exception e) {
                throw new IOException(
                        "loads " + state.labels() + " into " + target.name() + " could not be given up: "
                                + e.getMessage(),
                        e);
            }
        }
        LoadSink.open(encoder);
        StreamLoad doris = new HttpStreamLoad(target);
        Labels labels = Labels.fresh(target, context.getTaskInfo().getIndexOfThisSubtask());
        List<Long> transactions = new ArrayList<>();
        Loader loader = new Loader(target, doris, labels, LoadSink.deadLetters(target), transactions::add);
        return new TransactionalWriter(
                target,
                encoder,
                doris,
                loader,
                labels,
                transactions,
                context.metricGroup().getNumRecordsSendErrorsCounter());
    }

    @Override
    public Committer<DorisCommittable> createCommitter(CommitterInitContext context) {
        return new Transactions(target).committer();
    }

    @Override
    public SimpleVersionedSerializer<DorisCommittable> getCommittableSerializer() {
        return new CommittableSerializer();
    }

    @Override
    public SimpleVersionedSerializer<WriterState> getWriterStateSerializer() {
        return new WriterState.Serializer();
    }
}
