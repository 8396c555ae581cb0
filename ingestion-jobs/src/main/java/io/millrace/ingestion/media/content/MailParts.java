package io.millrace.ingestion.media.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Takes the attachments out of a mail, and out of the mails in it. What is too deep, too much or broken is refused with
 * its reason, the rest goes on.
 */
final class MailParts {
    /** A mail that a file holds directly lies 0 deep. */
    static final int DEPTH = 3;

    /** In a mail and all mails in it. */
    static final int PARTS = 100;

    /** Lines and headers are kept in memory, bodies are not. */
    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxContentLen(-1)
            .setMaxLineLen(-1)
            .setMaxHeaderLen(256 << 10)
            .setMaxHeaderCount(2_000)
            .build();

    private final Origin file;
    private final Intake intake;
    private final List<Arrival> arrivals;
    private int parts;

    /** @param arrivals gets what is found */
    MailParts(Origin file, Intake intake, List<Arrival> arrivals) {
        this.file = file;
        this.intake = intake;
        this.arrivals = arrivals;
    }

    void take(String path, Content mail) {
        take(path, mail, 0);
    }

    private void take(String path, Content mail, int depth) {
        try (InputStream in = mail.open()) {
            MimeTokenStream tokens = new MimeTokenStream(LIMITS, new DefaultBodyDescriptorBuilder());
            tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
            tokens.parse(in);
            Set<String> names = new HashSet<>();
            for (EntityState state = tokens.getState();
                    state != EntityState.T_END_OF_STREAM && parts <= PARTS;
                    state = tokens.next()) {
                if (state == EntityState.T_BODY) {
                    if (counts()) {
                        part(path, tokens, names, depth);
                    }
                } else if (state == EntityState.T_START_MULTIPART && !counts()) {
                    return;
                }
            }
        } catch (MimeException | IOException e) {
            arrivals.add(file.refused(path, "the mail cannot be read to its end: " + e.getMessage()));
        }
    }

    /** Parts of parts count too, for each of them costs the parser a level. */
    private boolean counts() {
        parts++;
        if (parts > PARTS) {
            arrivals.add(file.refused("the mail has more than " + PARTS + " parts: the others are left out"));
        }
        return parts <= PARTS;
    }

    private void part(String path, MimeTokenStream tokens, Set<String> names, int depth) throws IOException {
        MaximalBodyDescriptor part = (MaximalBodyDescriptor) tokens.getBodyDescriptor();
        if (!AttachmentNames.isAttachment(part)) {
            return;
        }
        String at = path + "!/" + AttachmentNames.of(part, parts, names);
        boolean mail = part.getMimeType().equalsIgnoreCase("message/rfc822");
        if (mail && depth == DEPTH) {
            arrivals.add(file.refused(at, "it lies more than " + DEPTH + " mails deep: it is left out"));
            return;
        }
        try {
            Content content = intake.take(tokens.getDecodedInputStream());
            arrivals.add(file.stored(at, content));
            if (mail || depth < DEPTH && MailSigns.isMail(at, content)) {
                take(at, content, depth + 1);
            }
        } catch (Refusal e) {
            arrivals.add(file.refused(at, e.getMessage()));
        }
    }
}
