package io.millrace.ingestion.media.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a file once, from its beginning to its end, and a mail's attachments out of it.
 *
 * @param maxBytes a larger file or attachment is refused
 */
public record FileIntake(Staging staging, long maxBytes) {
    private static final Logger LOG = LoggerFactory.getLogger(FileIntake.class);

    /**
     * What came of a file.
     *
     * @param sizeBytes how many bytes were read
     * @param staged what may be removed once the lake has the contents
     */
    public record Taken(long sizeBytes, List<Arrival> arrivals, List<String> staged) {}

    /**
     * @throws Refusal when the file is larger than the limit
     * @throws IOException when the file cannot be read
     * @throws UncheckedIOException when the lake's store fails
     */
    public Taken take(Origin file, InputStream in) throws IOException, Refusal {
        Intake intake = new Intake(staging, maxBytes);
        boolean done = false;
        try {
            Content content = intake.take(in);
            List<Arrival> arrivals = new ArrayList<>();
            arrivals.add(file.stored(file.path(), content));
            if (MailSigns.isMail(file.path(), content)) {
                new MailParts(file, intake, arrivals).take(file.path(), content);
            }
            done = true;
            return new Taken(content.sizeBytes(), List.copyOf(arrivals), intake.staged());
        } finally {
            if (!done) {
                discard(intake.staged());
            }
        }
    }

    /** Removes what is staged; what cannot be removed goes when the reader starts again. */
    public void discard(List<String> staged) {
        for (String file : staged) {
            try {
                staging.delete(file);
            } catch (IOException e) {
                LOG.warn("staged content {} cannot be removed, it stays until the job starts again", file, e);
            }
        }
    }
}
