package io.millrace.ingestion.media.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Version 1: the files that were seen, then those that wait. */
final class FolderStateSerializer implements SimpleVersionedSerializer<FolderState> {
    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public byte[] serialize(FolderState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1024);
        out.writeInt(state.seen().size());
        for (Map.Entry<String, Version> file : state.seen().entrySet()) {
            out.writeUTF(file.getKey());
            out.writeLong(file.getValue().sizeBytes());
            out.writeLong(file.getValue().modifiedAtMillis());
        }
        out.writeInt(state.waiting().size());
        for (FileSplit split : state.waiting()) {
            FileSplitSerializer.write(split, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public FolderState deserialize(int version, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        Map<String, Version> seen = new HashMap<>();
        for (int files = in.readInt(); files > 0; files--) {
            seen.put(in.readUTF(), new Version(in.readLong(), in.readLong()));
        }
        List<FileSplit> waiting = new ArrayList<>();
        for (int splits = in.readInt(); splits > 0; splits--) {
            waiting.add(FileSplitSerializer.read(in));
        }
        return new FolderState(seen, waiting);
    }
}
