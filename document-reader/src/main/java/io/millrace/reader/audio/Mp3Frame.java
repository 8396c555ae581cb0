package io.millrace.reader.audio;

import org.jspecify.annotations.Nullable;

/** A frame of MPEG audio, layer III. */
record Mp3Frame(int bytes, double seconds) {
    private static final int[] KILOBITS_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] KILOBITS_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    private static final int[] SAMPLES_A_SECOND = {44_100, 48_000, 32_000};

    /** Null when the four bytes are not the head of one. */
    static @Nullable Mp3Frame of(byte[] head) {
        int bits = (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff;
        int version = bits >>> 19 & 3;
        int bitRate = bits >>> 12 & 15;
        int sampleRate = bits >>> 10 & 3;
        boolean layer3 = (bits >>> 17 & 3) == 1;
        if (bits >>> 21 != 0x7ff || version == 1 || !layer3 || bitRate == 0 || bitRate == 15 || sampleRate == 3) {
            return null;
        }
        boolean mpeg1 = version == 3;
        int samplesASecond = SAMPLES_A_SECOND[sampleRate] / (mpeg1 ? 1 : version == 2 ? 2 : 4);
        int samples = mpeg1 ? 1152 : 576;
        int kilobits = (mpeg1 ? KILOBITS_1 : KILOBITS_2)[bitRate];
        int padding = bits >>> 9 & 1;
        return new Mp3Frame(
                samples / 8 * kilobits * 1000 / samplesASecond + padding, samples / (double) samplesASecond);
    }
}
