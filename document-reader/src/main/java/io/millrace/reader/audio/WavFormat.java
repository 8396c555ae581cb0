package io.millrace.reader.audio;

import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Format;
import io.millrace.reader.document.Library;
import io.millrace.reader.document.ReceivedFile;
import java.io.IOException;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** How long a WAV file plays, by its head. */
public final class WavFormat implements Format {
    private static final String LIBRARY = "javax.sound of " + Library.of(String.class);

    @Override
    public void read(ReceivedFile file, Findings findings) throws IOException {
        findings.reader(LIBRARY);
        AudioFileFormat head;
        try {
            head = AudioSystem.getAudioFileFormat(file.path().toFile());
        } catch (UnsupportedAudioFileException e) {
            throw new IOException("its head describes no sound that is known", e);
        }
        double framesPerSecond = head.getFormat().getFrameRate();
        int frameBytes = head.getFormat().getFrameSize();
        if (framesPerSecond <= 0 || frameBytes <= 0) {
            throw new IOException("its head says neither how fast nor how wide its samples are");
        }
        double there = file.sizeBytes() / (double) frameBytes;
        long promised = head.getFrameLength();
        if (promised > there) {
            findings.truncated();
        }
        findings.seconds(rounded(Math.min(promised < 0 ? there : promised, there) / framesPerSecond));
    }

    /** To milliseconds. */
    static double rounded(double seconds) {
        return Math.round(seconds * 1_000) / 1_000.0;
    }
}
