package io.millrace.ingestion.doris;

import java.io.IOException;
import java.util.List;

/** Loads rows into a table under labels: what was loaded under a label is never loaded again. */
interface StreamLoad extends AutoCloseable {
    /** What came of a load. */
    sealed interface Outcome {}

    /**
     * The rows are in, now or since an earlier try.
     *
     * @param transaction its number; of interest while it waits for its commit
     */
    record Loaded(long transaction) implements Outcome {}

    /** At least one row is none for this table, so none is in; the label may be used again. */
    record Refused(String reason) implements Outcome {}

    /** Not now: ask again under the same label. */
    record Later(String reason) implements Outcome {}

    /**
     * @param rows each a JSON object
     * @throws IOException when no answer came: the rows may be in, so ask again under the same label
     * @throws LoadFailure when asking again is of no use
     */
    Outcome load(String label, List<byte[]> rows) throws IOException;

    @Override
    void close() throws IOException;
}
