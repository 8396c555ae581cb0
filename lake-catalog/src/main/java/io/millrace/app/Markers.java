package io.millrace.app;

/**
 * Marker rows: written at a source, captured like any other change, and kept for each pipeline that reads the source: in the
 * lake, and in the hot store for those that write there. A marker seen there says how far that pipeline has come.
 */
public final class Markers {
    /** Table in the source database: name TEXT PRIMARY KEY, value BIGINT, written_at TIMESTAMPTZ. */
    public static final String SOURCE_TABLE = "millrace.markers";

    /** Writes the next marker and answers with its value. */
    public static final String WRITE = "INSERT INTO " + SOURCE_TABLE + " VALUES ('latest', 1, clock_timestamp())"
            + " ON CONFLICT (name) DO UPDATE SET value = markers.value + 1, written_at = clock_timestamp()"
            + " RETURNING value";

    /** Database of the markers in the lake and in the hot store. */
    public static final String DATABASE = PlatformParts.OPERATIONS;

    /** Table in that database: pipeline, source, value, written_at. */
    public static final String TABLE = "source_markers";

    public static final String LAKE_TABLE = "lake." + DATABASE + "." + TABLE;

    public static final String HOT_TABLE = "hot." + DATABASE + "." + TABLE;

    private Markers() {}

    /** Topic of the marker table's changes. */
    public static String topic(Source.Cdc source) {
        return source.connector().get("topic.prefix") + "." + SOURCE_TABLE;
    }
}
