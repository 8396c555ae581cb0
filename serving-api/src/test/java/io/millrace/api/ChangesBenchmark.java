package io.millrace.api;

import io.millrace.app.table.TableFile;
import io.millrace.hot.HotTables;
import io.millrace.hotstore.HotStoreProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.fluss.client.table.writer.UpsertWriter;
import org.apache.paimon.data.GenericRow;

/**
 * Many clients follow a table's changes; each second the next of them is cut off and comes again with its last id:
 * {@code ChangesBenchmark CLIENTS SECONDS CHANGES_PER_SECOND [lake]}. With {@code lake} the table is one of the lake, with
 * two commits a second, and a change counts as written when its commit begins. The API is a process of its own with the
 * launcher's options; the clients are in this one, beside the writer.
 */
final class ChangesBenchmark {
    private static final int KEYS = 100;
    private static final int NEWEST = 1 << 10;

    private ChangesBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int perSecond = Integer.parseInt(arguments[2]);
        Path folder = Files.createTempDirectory("changes-benchmark");
        int port = freePort();
        long[] writtenAt = new long[seconds * perSecond + 1];
        List<Client> clients = new ArrayList<>();
        try (Feed feed = arguments.length > 3 && arguments[3].equals("lake")
                        ? new LakeFeed(folder.resolve("lake"), Math.max(1, perSecond / 2), writtenAt)
                        : new HotFeed(folder, writtenAt);
                Running api = new Running(startApi(folder, port, feed.hotStore()))) {
            awaitListening(port, api.process());
            for (int i = 0; i < count; i++) {
                clients.add(new Client(port, writtenAt));
            }
            for (Client client : clients) {
                client.awaitBegin();
            }
            System.out.println(count + " clients follow");
            long start = System.nanoTime();
            int killed = 0;
            Peak peak = new Peak(api.process(), port);
            for (int seq = 1; seq <= seconds * perSecond; seq++) {
                long due = start + seq * 1_000_000_000L / perSecond;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                feed.write(seq);
                if (seq % perSecond == 0) {
                    clients.get(killed++ % count).cutOff();
                    peak.measure();
                }
            }
            feed.flush();
            long written = (long) seconds * perSecond;
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (clients.stream().anyMatch(client -> client.last < written) && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            peak.measure();
            report(clients, written, killed, peak);
        } finally {
            clients.forEach(Client::end);
        }
    }

    /** A table whose changes are followed. */
    private interface Feed extends AutoCloseable {
        /** Blank for none. */
        String hotStore();

        /** Notes when the change was written. */
        void write(int seq) throws Exception;

        void flush() throws Exception;
    }

    private static final class HotFeed implements Feed {
        private final HotStoreProcess store;
        private final HotWriter writer;
        private final UpsertWriter upserts;
        private final long[] writtenAt;

        HotFeed(Path folder, long[] writtenAt) throws Exception {
            this.store = HotStoreProcess.start(folder);
            try (HotTables tables = HotTables.connect(store.bootstrap())) {
                tables.ensure(TableFile.parse(
                        "bench.sql",
                        "depot",
                        "CREATE TABLE feed (id BIGINT, seq BIGINT, PRIMARY KEY (id) NOT ENFORCED);"));
            }
            this.writer = new HotWriter(store.bootstrap());
            this.upserts = writer.upserts("feed");
            this.writtenAt = writtenAt;
        }

        @Override
        public String hotStore() {
            return store.bootstrap();
        }

        @Override
        public void write(int seq) {
            writtenAt[seq] = System.nanoTime();
            upserts.upsert(HotWriter.row((long) (seq % KEYS), (long) seq));
        }

        @Override
        public void flush() {
            upserts.flush();
        }

        @Override
        public void close() throws Exception {
            writer.close();
            store.close();
        }
    }

    private static final class LakeFeed implements Feed {
        private final LakeWriter lake;
        private final int changesPerCommit;
        private final long[] writtenAt;
        private final List<GenericRow> waiting = new ArrayList<>();
        private int last;

        LakeFeed(Path folder, int changesPerCommit, long[] writtenAt) throws Exception {
            this.lake = new LakeWriter(folder);
            lake.create("CREATE TABLE feed (id BIGINT, seq BIGINT) WITH ('bucket' = '-1');");
            this.changesPerCommit = changesPerCommit;
            this.writtenAt = writtenAt;
        }

        @Override
        public String hotStore() {
            return "";
        }

        @Override
        public void write(int seq) throws Exception {
            waiting.add(LakeWriter.row((long) (seq % KEYS), (long) seq));
            last = seq;
            if (waiting.size() >= changesPerCommit) {
                flush();
            }
        }

        @Override
        public void flush() throws Exception {
            Arrays.fill(writtenAt, last - waiting.size() + 1, last + 1, System.nanoTime());
            lake.write("feed", waiting.toArray(GenericRow[]::new));
            waiting.clear();
        }

        @Override
        public void close() throws Exception {
            lake.close();
        }
    }

    /** The API. */
    private record Running(Process process) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }

    private static void report(List<Client> clients, long written, int killed, Peak api) {
        long seen = clients.stream().mapToLong(client -> client.events).sum();
        long doubles = clients.stream().mapToLong(client -> client.doubles).sum();
        long gaps = clients.stream().mapToLong(client -> client.gaps).sum();
        long behind = clients.stream().filter(client -> client.last != written).count();
        long[] nanos = clients.stream()
                .flatMapToLong(client -> Arrays.stream(client.nanos, 0, Math.min(client.measured, NEWEST)))
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%,d changes, %,d events seen by %d clients, %d cut off and back: %d twice or late, %d missing,"
                        + " %d clients without the last; written to seen p50 %.1f ms, p99 %.1f ms; API: %s threads,"
                        + " heap %d MiB at most, %d MiB resident, %.1f s of processor time%n",
                written,
                seen,
                clients.size(),
                killed,
                doubles,
                gaps,
                behind,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                api.threads,
                api.heapMebibytes,
                api.residentMebibytes,
                api.processorSeconds);
    }

    private static Process startApi(Path folder, int port, String hotStore) throws IOException {
        Path app = Files.createDirectory(folder.resolve("depot"));
        Api.endpoint(app, "one", "-- GET /v1/one", "SELECT 1 AS one");
        Path settings = folder.resolve("api.yaml");
        Files.writeString(
                settings, """
                port: %d
                app: %s
                sqlUrl: jdbc:mysql://127.0.0.1:1/lake
                sqlUser: nobody
                warehouse: %s
                dataDirectory: %s
                hotStore: '%s'
                """.formatted(port, app, folder.resolve("lake").toUri(), folder.resolve("api"), hotStore));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ServingApi.class.getName(),
                settings.toString());
        builder.environment().put("MILLRACE_SERVING_API_SQL_PASSWORD", "none");
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("api.log").toFile())
                .start();
    }

    private static void awaitListening(int port, Process api) throws InterruptedException {
        while (api.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        throw new IllegalStateException("the API has ended: its log is in the temporary folder");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What the API takes at most. */
    private static final class Peak {
        private final Process process;
        private final URI metrics;
        private final HttpClient http = HttpClient.newHttpClient();
        private long threads;
        private long heapMebibytes;
        private long residentMebibytes;
        private double processorSeconds;

        Peak(Process process, int port) {
            this.process = process;
            this.metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
        }

        void measure() throws IOException, InterruptedException {
            String all = http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            double heap = all.lines()
                    .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
            heapMebibytes = Math.max(heapMebibytes, (long) (heap / (1 << 20)));
            threads = Math.max(threads, status("Threads:"));
            residentMebibytes = Math.max(residentMebibytes, status("VmRSS:") / 1024);
            processorSeconds =
                    process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
        }

        private long status(String name) throws IOException {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).replace("kB", "").strip())
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Reads the feed and checks that each change is the one after the last. */
    private static final class Client {
        private final int port;
        private final long[] writtenAt;
        private final long[] nanos = new long[NEWEST];
        private volatile String id = "";
        private volatile long last;
        private long events;
        private long doubles;
        private long gaps;
        private int measured;
        private volatile boolean ending;
        private volatile Socket socket = new Socket();

        Client(int port, long[] writtenAt) {
            this.port = port;
            this.writtenAt = writtenAt;
            Thread thread = new Thread(null, this::run, "client", 1 << 17);
            thread.setDaemon(true);
            thread.start();
        }

        void awaitBegin() throws InterruptedException {
            while (id.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }

        void cutOff() throws IOException {
            socket.close();
        }

        void end() {
            ending = true;
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone
            }
        }

        private void run() {
            while (!ending) {
                try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket = connected;
                    String resume = id.isEmpty() ? "" : "Last-Event-ID: " + id + "\r\n";
                    connected
                            .getOutputStream()
                            .write(("GET /v1/changes/feed HTTP/1.0\r\n" + resume + "\r\n")
                                    .getBytes(StandardCharsets.UTF_8));
                    read(new BufferedReader(
                            new InputStreamReader(connected.getInputStream(), StandardCharsets.UTF_8), 2048));
                } catch (IOException e) {
                    // it comes again
                }
            }
        }

        private void read(BufferedReader lines) throws IOException {
            String newId = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    newId = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data = line;
                } else if (line.isEmpty() && !newId.isEmpty()) {
                    // Only an event that has come whole counts: its id is gone on from.
                    id = newId;
                    if (!data.isEmpty()) {
                        seen(data);
                        data = "";
                    }
                }
            }
        }

        private void seen(String data) {
            int from = data.indexOf("\"seq\":") + 6;
            long seq = Long.parseLong(data.substring(from, data.indexOf('}', from)));
            if (seq <= last) {
                doubles++;
            } else {
                gaps += seq - last - 1;
            }
            events++;
            nanos[measured++ % NEWEST] = System.nanoTime() - writtenAt[(int) seq];
            // The other fields are read by who has read this one.
            last = seq;
        }
    }
}
