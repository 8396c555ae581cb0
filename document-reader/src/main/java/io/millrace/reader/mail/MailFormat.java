package io.millrace.reader.mail;

import io.millrace.reader.document.BoundedText;
import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Format;
import io.millrace.reader.document.Library;
import io.millrace.reader.document.ReceivedFile;
import io.millrace.reader.document.TextFrom;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/** A mail's sender, receivers, date, subject and own words; parts are passed by, never kept. */
public final class MailFormat implements Format {
    private static final String LIBRARY = Library.of(MimeTokenStream.class);
    private static final int DEEPEST = 20;
    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxLineLen(1_000_000)
            .setMaxHeaderLen(100_000)
            .setMaxHeaderCount(1_000)
            .setMaxContentLen(-1)
            .build();

    @Override
    public void read(ReceivedFile file, Findings findings) throws IOException, InterruptedException {
        findings.reader(LIBRARY);
        MailText mail = new MailText(findings.limits().textCharacters());
        MimeTokenStream tokens = new MimeTokenStream(LIMITS);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file.path()))) {
            tokens.parse(in);
            if (!walk(tokens, mail)) {
                findings.truncated();
            }
        } catch (MimeException | IOException e) {
            if (mail.isEmpty()) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                throw new IOException(cause.getMessage(), e);
            }
            findings.truncated();
        }
        findings.title(mail.subject());
        BoundedText text = mail.text();
        if (mail.readHtml()) {
            findings.reader(io.millrace.reader.text.HtmlFormat.LIBRARY);
        }
        findings.text(text, TextFrom.TEXT);
    }

    /** @return false when it stopped where parts are nested too deep */
    private static boolean walk(MimeTokenStream tokens, MailText mail)
            throws MimeException, IOException, InterruptedException {
        int depth = 0;
        boolean attached = false;
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            switch (state) {
                case T_START_HEADER -> attached = false;
                case T_FIELD -> {
                    String name = tokens.getField().getName();
                    String body = tokens.getField().getBody();
                    if (depth == 0) {
                        mail.header(name, body);
                    }
                    attached |= name.equalsIgnoreCase("Content-Disposition")
                            && body.strip().regionMatches(true, 0, "attachment", 0, "attachment".length());
                }
                case T_START_MULTIPART -> {
                    if (++depth > DEEPEST) {
                        return false;
                    }
                }
                case T_END_MULTIPART -> depth--;
                case T_BODY -> {
                    if (!attached) {
                        mail.body(tokens.getBodyDescriptor(), tokens.getDecodedInputStream());
                    }
                }
                default -> {
                    // Preambles and boundaries say nothing.
                }
            }
        }
        return true;
    }
}
