package io.millrace.ingestion.doris;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/**
 * Each row is loaded at least once: after a restart the rows since the last checkpoint come again. Where the table has a
 * key, that leaves one row for each.
 */
final class LoadSink implements Sink<RowData> {
    private static final long serialVersionUID = 1L;

    private final LoadTarget target;
    private final RowEncoder encoder;

    LoadSink(LoadTarget target, RowEncoder encoder) {
        this.target = target;
        this.encoder = encoder;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) throws IOException {
        open(encoder);
        StreamLoad doris = new HttpStreamLoad(target);
        Loader loader = new Loader(
                target,
                doris,
                Labels.fresh(target, context.getTaskInfo().getIndexOfThisSubtask()),
                deadLetters(target),
                transaction -> {});
        return new LoadWriter(
                target, encoder, doris, loader, context.metricGroup().getNumRecordsSendErrorsCounter());
    }

    static void open(RowEncoder encoder) throws IOException {
        try {
            encoder.open();
        } catch (Exception e) {
            throw new IOException("rows cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    static DeadLetters deadLetters(LoadTarget target) {
        return new LakeDeadLetters(target.deadLetters(), "doris." + target.name());
    }
}
