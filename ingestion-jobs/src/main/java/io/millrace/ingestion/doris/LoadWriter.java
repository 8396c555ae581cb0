package io.millrace.ingestion.doris;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.table.data.RowData;

/** Collects rows and loads them when a batch is full and at each checkpoint. */
class LoadWriter implements SinkWriter<RowData> {
    private final LoadTarget target;
    private final RowEncoder encoder;
    private final StreamLoad doris;
    private final Loader loader;
    private final Counter refused;
    private final Batch batch = new Batch();

    LoadWriter(LoadTarget target, RowEncoder encoder, StreamLoad doris, Loader loader, Counter refused) {
        this.target = target;
        this.encoder = encoder;
        this.doris = doris;
        this.loader = loader;
        this.refused = refused;
    }

    @Override
    public void write(RowData row, Context context) throws IOException, InterruptedException {
        batch.add(encoder.encode(row));
        if (batch.size() >= target.batchRows() || batch.sizeBytes() >= target.batchBytes()) {
            load();
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        load();
    }

    private void load() throws IOException, InterruptedException {
        refused.inc(loader.load(batch.drain()));
    }

    @Override
    public void close() throws Exception {
        doris.close();
    }
}
