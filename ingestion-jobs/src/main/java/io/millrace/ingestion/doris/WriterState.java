package io.millrace.ingestion.doris;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Where a writer was at a checkpoint: what it loaded after it is to be given up.
 *
 * @param labels the prefix of its labels
 * @param next the number of the first label after the checkpoint
 */
record WriterState(String labels, long next) {
    /** One version so far. */
    static final class Serializer implements SimpleVersionedSerializer<WriterState> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(WriterState state) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(64);
            out.writeUTF(state.labels());
            out.writeLong(state.next());
            return out.getCopyOfBuffer();
        }

        @Override
        public WriterState deserialize(int version, byte[] bytes) throws IOException {
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            return new WriterState(in.readUTF(), in.readLong());
        }
    }
}
