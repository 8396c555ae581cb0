package io.millrace.reader.audio;

import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Format;
import io.millrace.reader.document.ReceivedFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.file.Files;

/** How long an MP3 file plays, frame by frame: exact also where the bit rate varies. */
public final class Mp3Format implements Format {
    private static final int HEAD_BYTES = 4;
    private static final int TAG_HEAD_BYTES = 10;
    /** Bytes that are no frame before, between and after frames, such as tags at the end. */
    private static final int MOST_OTHER_BYTES = 64 * 1024;

    @Override
    public void read(ReceivedFile file, Findings findings) throws IOException, InterruptedException {
        double seconds = 0;
        int frames = 0;
        int others = 0;
        try (PushbackInputStream in = new PushbackInputStream(
                new BufferedInputStream(Files.newInputStream(file.path()), 64 * 1024), TAG_HEAD_BYTES)) {
            skipTag(in);
            byte[] head = in.readNBytes(HEAD_BYTES);
            while (head.length == HEAD_BYTES && others < MOST_OTHER_BYTES) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                Mp3Frame frame = Mp3Frame.of(head);
                if (frame == null) {
                    others++;
                    in.unread(head, 1, HEAD_BYTES - 1);
                } else {
                    frames++;
                    seconds += frame.seconds();
                    in.skipNBytes(frame.bytes() - HEAD_BYTES);
                }
                head = in.readNBytes(HEAD_BYTES);
            }
        } catch (EOFException e) {
            // The last frame is cut.
            findings.truncated();
        }
        if (frames == 0) {
            throw new IOException("there is no MP3 frame in it");
        }
        findings.seconds(WavFormat.rounded(seconds));
    }

    /** An ID3v2 tag stands before the frames and may hold pictures. */
    private static void skipTag(PushbackInputStream in) throws IOException {
        byte[] head = in.readNBytes(TAG_HEAD_BYTES);
        if (head.length == TAG_HEAD_BYTES && head[0] == 'I' && head[1] == 'D' && head[2] == '3') {
            // Seven bits a byte.
            long size = (head[6] & 0x7fL) << 21 | (head[7] & 0x7f) << 14 | (head[8] & 0x7f) << 7 | (head[9] & 0x7f);
            in.skipNBytes(size);
        } else {
            in.unread(head);
        }
    }
}
