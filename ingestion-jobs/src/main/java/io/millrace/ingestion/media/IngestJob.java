package io.millrace.ingestion.media;

import io.millrace.app.media.IngestJobSpec;
import io.millrace.app.media.WatchedFolder;
import io.millrace.ingestion.media.content.Arrival;
import io.millrace.ingestion.media.folder.FolderSource;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Brings the files of watched folders into the lake. Its only argument is the {@link IngestJobSpec} as JSON.
 *
 * <p>Folders → files, each version once → contents, each once; the files that hold them; what was refused.
 */
public final class IngestJob {
    private IngestJob() {}

    public static void main(String[] arguments) throws Exception {
        IngestJobSpec spec = new ObjectMapper().readValue(arguments[0], IngestJobSpec.class);
        StreamExecutionEnvironment streams =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(spec.settings()));
        build(spec, streams);
        streams.execute();
    }

    static void build(IngestJobSpec spec, StreamExecutionEnvironment streams) throws Exception {
        if (spec.folders().isEmpty()) {
            throw new IllegalArgumentException("no folder is watched: name one under 'sources' in app.yaml");
        }
        DataStream<Arrival> arrivals = spec.folders().stream()
                .map(folder -> arrivals(streams, folder, spec))
                .reduce((one, other) -> one.union(other))
                .orElseThrow();
        DataStream<Arrival> stored = arrivals.filter(arrival -> !arrival.isRefused());
        try (MediaTables tables = new MediaTables(spec.warehouse())) {
            tables.writeContents(stored.keyBy(Arrival::mediaId)
                    .process(new Once())
                    .uid("once")
                    .name("once"));
            tables.writeFiles(stored);
            tables.writeDeadLetters(arrivals.filter(Arrival::isRefused));
        }
    }

    private static DataStream<Arrival> arrivals(
            StreamExecutionEnvironment streams, WatchedFolder folder, IngestJobSpec spec) {
        FolderSource source =
                new FolderSource(folder, spec.staging() + folder.source() + "/", spec.maxBytes(), spec.listMillis());
        return streams.fromSource(
                        source,
                        WatermarkStrategy.noWatermarks(),
                        "folder " + folder.source(),
                        TypeInformation.of(Arrival.class))
                .uid("folder-" + folder.source());
    }
}
