package io.millrace.reader;

/** Sounds made for tests. */
final class Sounds {
    private Sounds() {}

    /** Silence: frames of 128 kbit/s at 44.1 kHz behind an ID3 tag. */
    static byte[] mp3(int frames) {
        byte[] file = new byte[10 + 300 + frames * 417];
        System.arraycopy(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 2, 44}, 0, file, 0, 10);
        for (int i = 0; i < frames; i++) {
            System.arraycopy(new byte[] {(byte) 0xff, (byte) 0xfb, (byte) 0x90, 0}, 0, file, 310 + i * 417, 4);
        }
        return file;
    }
}
