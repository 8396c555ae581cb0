package io.millrace.ingestion.doris;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.doris.flink.sink.DorisCommittable;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/** Loads that become visible with their checkpoint. */
final class TransactionalWriter extends LoadWriter
        implements CommittingSinkWriter<RowData, DorisCommittable>, StatefulSinkWriter<RowData, WriterState> {
    private final LoadTarget target;
    private final Labels labels;
    private final List<Long> transactions;

    /** @param transactions those loaded and not yet handed to the committer */
    TransactionalWriter(
            LoadTarget target,
            RowEncoder encoder,
            StreamLoad doris,
            Loader loader,
            Labels labels,
            List<Long> transactions,
            Counter refused) {
        super(target, encoder, doris, loader, refused);
        this.target = target;
        this.labels = labels;
        this.transactions = transactions;
    }

    @Override
    public Collection<DorisCommittable> prepareCommit() {
        String frontend = target.frontends().get(0);
        List<DorisCommittable> prepared = new ArrayList<>();
        for (long transaction : transactions) {
            prepared.add(new DorisCommittable(frontend, target.database(), transaction));
        }
        transactions.clear();
        return prepared;
    }

    @Override
    public List<WriterState> snapshotState(long checkpoint) {
        return List.of(new WriterState(labels.prefix(), labels.next()));
    }
}
