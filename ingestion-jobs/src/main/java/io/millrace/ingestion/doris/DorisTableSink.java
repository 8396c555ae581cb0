package io.millrace.ingestion.doris;

import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;

/** A table of Doris: with a key it takes every change, without one only new rows. */
final class DorisTableSink implements DynamicTableSink {
    private final LoadTarget target;
    private final RowEncoder encoder;

    DorisTableSink(LoadTarget target, RowEncoder encoder) {
        this.target = target;
        this.encoder = encoder;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        // A deletion must come with its sequence, not with its key alone.
        return target.deletes() ? ChangelogMode.upsert(false) : ChangelogMode.insertOnly();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        return SinkV2Provider.of(
                target.twoPhaseCommit() ? new TransactionalLoadSink(target, encoder) : new LoadSink(target, encoder));
    }

    @Override
    public DynamicTableSink copy() {
        return new DorisTableSink(target, encoder);
    }

    @Override
    public String asSummaryString() {
        return "Doris " + target.name();
    }
}
