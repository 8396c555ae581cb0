package io.millrace.api.search.lucene;

import io.millrace.api.search.FoundChunk;
import io.millrace.api.search.QueryVector;
import io.millrace.api.search.Ranked;
import io.millrace.api.search.SearchQuery;
import io.millrace.api.search.Words;
import io.millrace.app.search.SearchIndex;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.IndexSearcher;

/**
 * Recall against exact search, time of queries, time to build and heap of the API's own index over
 * {@link SyntheticChunks}. Queries are drawn as chunks are and are none of them; each is searched as a request is,
 * without its embedding.
 *
 * <p>On a busy machine the processor time is the fair figure. Arguments: chunks (100000), queries (500). Run it with the API's -Xmx192m.
 */
public final class SearchBenchmark {
    private static final int FOUND = 10;
    private static final int EXACT_QUERIES = 200;
    private static final SearchIndex INDEX =
            new SearchIndex("documents", "shop.documents", "key", "title", List.of("text"), List.of("kind"));

    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final SyntheticChunks chunks = new SyntheticChunks();
    private final int count;
    private final int queries;

    private SearchBenchmark(int count, int queries) {
        this.count = count;
        this.queries = queries;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int queries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        Path folder = Files.createTempDirectory("search-benchmark");
        try {
            new SearchBenchmark(count, queries).run(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(Path folder) throws IOException, InterruptedException {
        Analyzer analyzer = Words.analyzer();
        try (ChunkIndex index = ChunkIndex.open(folder, analyzer)) {
            long begin = System.nanoTime();
            double most = 0;
            for (int i = 0; i < count; i++) {
                index.put(chunks.chunk(i));
                most = Math.max(most, i % 100 == 0 ? heapMebibytes() : 0);
            }
            index.commit(new Progress("benchmark", 1));
            line("chunks of " + SyntheticChunks.DIMENSIONS + " dimensions", "%,d", count);
            built("index build", begin);
            line("heap at most while building", "%.0f MiB", most);
            index.merge();
            while (segments(index) > 4) {
                Thread.sleep(1000);
                index.commit(new Progress("benchmark", 1));
            }
            built("merged in the background after", begin);
            System.gc();
            line("heap after it", "%.0f MiB", heapMebibytes());
            line("index on disk", "%.0f MiB", sizeBytes(folder) / 1048576.0);
            try (HeldSearcher held = index.hold()) {
                line("segments", "%d", held.reader().leaves().size());
                IndexSearcher searcher = held.searcher();
                recall(searcher, analyzer);
                times("vector", searcher, analyzer, false, true, Map.of());
                times("vector, one filter of ten", searcher, analyzer, false, true, Map.of("kind", List.of("3")));
                times("text", searcher, analyzer, true, false, Map.of());
                times("hybrid", searcher, analyzer, true, true, Map.of());
            }
        }
    }

    private static int segments(ChunkIndex index) {
        try (HeldSearcher held = index.hold()) {
            return held.reader().leaves().size();
        }
    }

    private static void built(String name, long beginNanos) {
        System.out.printf(
                Locale.ROOT,
                "%-34s %.1f s, %.1f s of processor time with drawing the chunks%n",
                name,
                seconds(beginNanos),
                PROCESS.getProcessCpuTime() / 1e9);
    }

    private void recall(IndexSearcher searcher, Analyzer analyzer) throws IOException {
        int asked = Math.min(EXACT_QUERIES, queries);
        float[][] vectors = new float[asked][];
        List<PriorityQueue<Scored>> exact = new ArrayList<>();
        for (int query = 0; query < asked; query++) {
            vectors[query] = chunks.vector(count + query);
            exact.add(new PriorityQueue<>(Comparator.comparingDouble(Scored::score)));
        }
        for (int i = 0; i < count; i++) {
            float[] vector = chunks.vector(i);
            for (int query = 0; query < asked; query++) {
                PriorityQueue<Scored> best = exact.get(query);
                best.add(new Scored("document-" + i, product(vectors[query], vector)));
                if (best.size() > FOUND) {
                    best.poll();
                }
            }
        }
        int right = 0;
        for (int query = 0; query < asked; query++) {
            Set<String> wanted = exact.get(query).stream().map(Scored::key).collect(Collectors.toSet());
            Set<String> found = new HashSet<>();
            search(searcher, analyzer, query, false, true, Map.of()).stream()
                    .limit(FOUND)
                    .forEach(chunk -> found.add(chunk.item().row().key()));
            found.retainAll(wanted);
            right += found.size();
        }
        line("recall@" + FOUND + " of " + asked + " queries", "%.4f", right / (double) (asked * FOUND));
    }

    private void times(
            String name,
            IndexSearcher searcher,
            Analyzer analyzer,
            boolean words,
            boolean meaning,
            Map<String, List<String>> filters)
            throws IOException {
        double[] millis = new double[queries];
        double[] processor = new double[queries];
        for (int query = -queries / 5; query < queries; query++) {
            long begin = System.nanoTime();
            long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            search(searcher, analyzer, Math.abs(query), words, meaning, filters);
            if (query >= 0) {
                millis[query] = seconds(begin) * 1000;
                processor[query] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used) / 1e6;
            }
        }
        Arrays.sort(millis);
        Arrays.sort(processor);
        System.out.printf(
                Locale.ROOT,
                "%-34s p50 %.2f ms, p95 %.2f ms, p99 %.2f ms; processor time p50 %.2f ms%n",
                name,
                millis[queries / 2],
                millis[queries * 95 / 100],
                millis[queries * 99 / 100],
                processor[queries / 2]);
    }

    private List<Ranked<FoundChunk>> search(
            IndexSearcher searcher,
            Analyzer analyzer,
            int query,
            boolean words,
            boolean meaning,
            Map<String, List<String>> filters)
            throws IOException {
        List<Float> numbers = new ArrayList<>();
        for (float number : chunks.vector(count + query)) {
            numbers.add(number);
        }
        SearchQuery asked = new SearchQuery(
                SyntheticChunks.words(new Random(query), 4),
                words,
                meaning ? new QueryVector("synthetic", numbers) : null,
                List.of(INDEX),
                filters,
                FOUND);
        return new ChunkSearch(searcher, asked, analyzer).hits();
    }

    private record Scored(String key, double score) {}

    private static double product(float[] left, float[] right) {
        float product = 0;
        for (int i = 0; i < left.length; i++) {
            product += left[i] * right[i];
        }
        return product;
    }

    private static void line(String name, String format, Object value) {
        System.out.printf(Locale.ROOT, "%-34s " + format + "%n", name, value);
    }

    private static double seconds(long beginNanos) {
        return (System.nanoTime() - beginNanos) / 1e9;
    }

    private static double heapMebibytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
    }

    private static long sizeBytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
