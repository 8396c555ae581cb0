package io.millrace.app;

/**
 * Marker rows: written at a source, captured like any other change, and kept in the lake for each pipeline that reads the
 * source. A marker seen in the lake says how far that pipeline has come.
 */
public final class Markers {
    /** Table in the source database: name TEXT PRIMARY KEY, value BIGINT, written_at TIMESTAMPTZ. */
    public static final String SOURCE_TABLE = "millrace.markers";

    /** Table in the lake: pipeline, source, value, written_at. */
    public static final String LAKE_TABLE = "lake." + PlatformParts.OPERATIONS + ".source_markers";

    private Markers() {}

    /** Topic of the marker table's changes. */
    public static String topic(Source.Cdc source) {
        return source.connector().get("topic.prefix") + "." + SOURCE_TABLE;
    }
}
