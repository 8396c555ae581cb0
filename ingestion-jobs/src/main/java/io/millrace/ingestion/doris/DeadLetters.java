package io.millrace.ingestion.doris;

import java.io.IOException;

/** Where rows go that Doris refuses. */
interface DeadLetters {
    void add(String row, String reason);

    /** Keeps what was added for good; does nothing when nothing was. */
    void commit() throws IOException;
}
