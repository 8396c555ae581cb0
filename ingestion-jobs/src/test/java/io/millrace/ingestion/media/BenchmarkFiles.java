package io.millrace.ingestion.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

/** Makes files of random bytes and knows what they hold. */
final class BenchmarkFiles {
    private static final double LEAST_BYTES = 1 << 10;
    private static final double MOST_BYTES = 5 << 20;
    private static final int ONE_IN = 10;
    private static final int FOLDER = 1_000;

    private final Path folder;
    private final Map<String, String> hashes = new HashMap<>();
    private final Random random = new Random(42);
    private long bytes;

    BenchmarkFiles(Path folder) {
        this.folder = folder;
    }

    /** Sizes from 1 KB to 5 MB, as many in each power; each tenth file has the content of an earlier one. */
    BenchmarkFiles make(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            if (i % ONE_IN == ONE_IN - 1) {
                copy(path(i - 1 - random.nextInt(ONE_IN - 1)), path(i));
            } else {
                write(path(i), i, Math.round(LEAST_BYTES * Math.pow(MOST_BYTES / LEAST_BYTES, random.nextDouble())));
            }
        }
        return this;
    }

    void write(String path, long seed, long size) throws Exception {
        Files.createDirectories(folder.resolve(path).getParent());
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Random content = new Random(seed);
        byte[] block = new byte[1 << 16];
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(folder.resolve(path)), digest)) {
            for (long left = size; left > 0; left -= block.length) {
                content.nextBytes(block);
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
        hashes.put(path, HexFormat.of().formatHex(digest.digest()));
        bytes += size;
    }

    private void copy(String from, String to) throws IOException {
        Files.createDirectories(folder.resolve(to).getParent());
        Files.copy(folder.resolve(from), folder.resolve(to));
        hashes.put(to, hashes.get(from));
        bytes += Files.size(folder.resolve(to));
    }

    private static String path(int number) {
        return number / FOLDER + "/file-" + number + ".bin";
    }

    /** SHA-256 of each file. */
    Map<String, String> hashes() {
        return hashes;
    }

    long bytes() {
        return bytes;
    }

    /** Copies all files as they are; nanoseconds. */
    long plainCopy(Path to) throws IOException {
        long begin = System.nanoTime();
        for (String path : hashes.keySet()) {
            Files.createDirectories(to.resolve(path).getParent());
            Files.copy(folder.resolve(path), to.resolve(path));
        }
        return System.nanoTime() - begin;
    }
}
