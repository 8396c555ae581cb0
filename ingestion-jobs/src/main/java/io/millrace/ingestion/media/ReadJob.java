package io.millrace.ingestion.media;

import io.millrace.app.media.ReadJobSpec;
import io.millrace.ingestion.media.reading.ReadContent;
import io.millrace.ingestion.media.reading.Reading;
import io.millrace.ingestion.media.reading.Transcription;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Has what the lake's contents hold read. Its only argument is the {@link ReadJobSpec} as JSON.
 *
 * <p>Contents → document reader → transcription of sound → documents; thumbnails; what was refused.
 */
public final class ReadJob {
    private ReadJob() {}

    public static void main(String[] arguments) throws Exception {
        ReadJobSpec spec = new ObjectMapper().readValue(arguments[0], ReadJobSpec.class);
        StreamExecutionEnvironment streams =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(spec.settings()));
        build(spec, streams);
        streams.execute();
    }

    static void build(ReadJobSpec spec, StreamExecutionEnvironment streams) throws Exception {
        try (ReadTables tables = new ReadTables(spec.warehouse())) {
            DataStream<ReadContent> read =
                    Reading.of(tables.contents(streams, spec.looksEvery()), spec.reader(), tables.files());
            if (!spec.transcriptionModel().isEmpty()) {
                read = Transcription.of(
                        read, spec.gateway(), spec.gatewayKeyVariable(), spec.transcriptionModel(), tables.files());
            }
            tables.write(read);
        }
    }
}
