package io.millrace.ingestion.doris;

import java.io.IOException;
import org.apache.doris.flink.sink.DorisCommittable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Transactions in checkpoints; the connector keeps its own serializer to itself. */
final class CommittableSerializer implements SimpleVersionedSerializer<DorisCommittable> {
    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(DorisCommittable committable) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(committable.getHostPort());
        out.writeUTF(committable.getDb());
        out.writeLong(committable.getTxnID());
        return out.getCopyOfBuffer();
    }

    @Override
    public DorisCommittable deserialize(int version, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        return new DorisCommittable(in.readUTF(), in.readUTF(), in.readLong());
    }
}
