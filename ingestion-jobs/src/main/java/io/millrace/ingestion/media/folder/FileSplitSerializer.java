package io.millrace.ingestion.media.folder;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: path, size, times, refusal or nothing. */
final class FileSplitSerializer implements SimpleVersionedSerializer<FileSplit> {
    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(FileSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(128);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public FileSplit deserialize(int version, byte[] bytes) throws IOException {
        return read(new DataInputDeserializer(bytes));
    }

    static void write(FileSplit split, DataOutputView out) throws IOException {
        out.writeUTF(split.path());
        out.writeLong(split.version().sizeBytes());
        out.writeLong(split.version().modifiedAtMillis());
        out.writeLong(split.seenAtMillis());
        out.writeBoolean(split.refusal() != null);
        if (split.refusal() != null) {
            out.writeUTF(split.refusal());
        }
    }

    static FileSplit read(DataInputView in) throws IOException {
        return new FileSplit(
                in.readUTF(),
                new Version(in.readLong(), in.readLong()),
                in.readLong(),
                in.readBoolean() ? in.readUTF() : null);
    }
}
