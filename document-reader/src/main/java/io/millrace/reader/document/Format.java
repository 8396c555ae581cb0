package io.millrace.reader.document;

import java.io.IOException;

/** Reads files of one type. */
public interface Format {
    /**
     * Adds to the findings what the file holds.
     *
     * @throws Refusal when the file must not or cannot be read; what was found until then stays
     * @throws IOException when the file is damaged
     * @throws InterruptedException when the file's time is over
     */
    void read(ReceivedFile file, Findings findings) throws IOException, InterruptedException;
}
