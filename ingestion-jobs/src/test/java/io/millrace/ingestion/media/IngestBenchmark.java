package io.millrace.ingestion.media;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ingests files with a Flink cluster in a process of 512 MB heap that is killed on the way, compares what the lake then
 * holds with the files, and says how fast it was beside a plain copy of the same files.
 *
 * <p>Arguments: number of files (1000) or {@code huge} for one of 500 MB; kills (3). docs/benchmarks.md has the command.
 */
public final class IngestBenchmark {
    private static final long HUGE = 500L << 20;
    private static final String[] OPENS = {"java.nio", "java.util", "java.lang"};

    private final Path root;
    private final Inbox inbox;
    private final BenchmarkFiles files;
    private final List<List<long[]>> heaps = Collections.synchronizedList(new ArrayList<>());

    private IngestBenchmark(Path root) throws Exception {
        this.root = root;
        inbox = new Inbox(root, HUGE).withTables();
        files = new BenchmarkFiles(inbox.folder());
    }

    public static void main(String[] arguments) throws Exception {
        boolean huge = arguments.length > 0 && arguments[0].equals("huge");
        int kills = arguments.length > 1 ? Integer.parseInt(arguments[1]) : huge ? 0 : 3;
        Path root = Files.createTempDirectory("ingest-benchmark");
        try {
            IngestBenchmark benchmark = new IngestBenchmark(root);
            if (huge) {
                benchmark.files.write("huge.bin", 1, HUGE);
            } else {
                benchmark.files.make(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000);
            }
            benchmark.run(kills);
        } finally {
            delete(root);
        }
        System.exit(0);
    }

    private void run(int kills) throws Exception {
        report("plain copy", files.plainCopy(root.resolve("copy")));
        delete(root.resolve("copy"));
        int count = files.hashes().size();
        long begin = System.nanoTime();
        for (int kill = 1; kill <= kills; kill++) {
            Process child = start();
            awaitRows((long) count * kill / (kills + 1), child);
            System.out.println("kill " + kill + " at " + inbox.fileRows() + " files");
            child.destroyForcibly().waitFor();
        }
        Process child = start();
        awaitRows(count, child);
        report("ingest with " + kills + " kills", System.nanoTime() - begin);
        Thread.sleep(3_000);
        child.destroyForcibly().waitFor();
        heaps();
        check();
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseG1GC"));
        for (String open : OPENS) {
            command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BenchmarkChild.class.getName(),
                root.toString(),
                Long.toString(HUGE)));
        inbox.checkpoint().ifPresent(command::add);
        Process child = new ProcessBuilder(command)
                .redirectError(root.resolve("child.log").toFile())
                .start();
        List<long[]> heap = Collections.synchronizedList(new ArrayList<>());
        heaps.add(heap);
        Thread reader = new Thread(() -> read(child, heap), "child output");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    private static void read(Process child, List<long[]> heap) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("heap")) {
                    heap.add(new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])});
                }
            }
        } catch (IOException e) {
            System.out.println("output of the child ends: " + e.getMessage());
        }
    }

    private void awaitRows(long rows, Process child) throws Exception {
        while (inbox.fileRows() < rows) {
            if (!child.isAlive()) {
                throw new IllegalStateException("the child ended: " + Files.readString(root.resolve("child.log")));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private void report(String what, long nanos) {
        double seconds = nanos / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-22s %,d files, %,d MB in %.1f s: %.1f files/s, %.1f MB/s%n",
                what,
                files.hashes().size(),
                files.bytes() >> 20,
                seconds,
                files.hashes().size() / seconds,
                files.bytes() / seconds / (1 << 20));
    }

    /** In quarters of each process' life, so that growth would show. */
    private void heaps() {
        for (List<long[]> heap : heaps) {
            StringBuilder quarters = new StringBuilder();
            for (int quarter = 0; quarter < 4; quarter++) {
                List<long[]> part = heap.subList(heap.size() * quarter / 4, heap.size() * (quarter + 1) / 4);
                quarters.append(String.format(
                        Locale.ROOT,
                        "  %d (%d)",
                        part.stream().mapToLong(used -> used[0]).max().orElse(0),
                        part.stream().mapToLong(used -> used[1]).max().orElse(0)));
            }
            System.out.println("peak heap, MB (after collections), by quarter of " + heap.size() + " s:" + quarters);
        }
    }

    private void check() throws Exception {
        List<Inbox.StoredContent> contents = inbox.contents();
        Set<String> distinct = new HashSet<>();
        for (Inbox.StoredContent content : contents) {
            require(content.hash().equals(content.mediaId()), "content " + content.mediaId() + " has other bytes");
            require(distinct.add(content.mediaId()), "content " + content.mediaId() + " is stored twice");
        }
        require(distinct.equals(new HashSet<>(files.hashes().values())), "contents are missing or too many");
        var stored = inbox.files();
        files.hashes()
                .forEach((path, hash) -> require(
                        stored.containsKey(path) && stored.get(path).mediaId().equals(hash),
                        "file " + path + " is missing"));
        require(stored.size() == files.hashes().size(), "files are too many");
        require(inbox.deadLetters().isEmpty(), "there are dead letters");
        System.out.printf("%,d files, %,d contents: each once, none missing%n", stored.size(), contents.size());
    }

    private static void require(boolean held, String otherwise) {
        if (!held) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
