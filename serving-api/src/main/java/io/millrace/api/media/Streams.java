package io.millrace.api.media;

import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.lake.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Contents on their way to callers, so few at a time that slow callers leave threads for the others. */
final class Streams {
    private static final Logger log = LoggerFactory.getLogger(Streams.class);
    private static final int BUFFER_BYTES = 32 * 1024;

    private final Semaphore free;

    Streams(int most) {
        free = new Semaphore(most);
    }

    /** Where the bytes go; asked once the first of them are there. */
    interface Target {
        OutputStream open() throws IOException;
    }

    /** @throws IOException when there are no bytes to be had; what breaks later ends the connection */
    void send(Content content, ByteRange part, Target target) throws IOException {
        if (!free.tryAcquire()) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS, "too many files are being sent: try again shortly", 1);
        }
        try (InputStream in = content.read(part.first(), part.length())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int wanted = (int) Math.min(buffer.length, part.length());
            if (in.readNBytes(buffer, 0, wanted) < wanted) {
                throw new EOFException("it is shorter than " + content.sizeBytes() + " bytes");
            }
            relay(content, in, buffer, wanted, part.length(), target.open());
        } finally {
            free.release();
        }
    }

    private static void relay(
            Content content, InputStream in, byte[] buffer, int first, long length, OutputStream out) {
        int count = first;
        long left = length;
        while (left > 0) {
            try {
                out.write(buffer, 0, count);
            } catch (IOException e) {
                log.debug("the caller of content {} left: {}", content.mediaId(), e.getMessage());
                return;
            }
            left -= count;
            try {
                count = left == 0 ? 0 : in.read(buffer);
                if (count < 0) {
                    throw new EOFException("end of the file");
                }
            } catch (IOException e) {
                // The caller sees fewer bytes than Content-Length said.
                log.error("content {} broke off {} bytes before its end: {}", content.mediaId(), left, e.getMessage());
                return;
            }
        }
    }
}
