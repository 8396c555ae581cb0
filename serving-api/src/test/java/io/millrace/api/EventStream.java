package io.millrace.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of server-sent events; it reads as long as its queue has room. */
final class EventStream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Event(String id, String kind, JsonNode data) {}

    private final Socket socket = new Socket();
    private final BufferedReader lines;
    private final BlockingQueue<Event> events;
    final AtomicInteger comments = new AtomicInteger();
    volatile String lastId = "";
    volatile boolean ended;

    /** Returns when the feed has begun. HTTP/1.0, so that its end is the connection's. */
    EventStream(int port, String path, int room, String... headers) throws IOException, InterruptedException {
        socket.setReceiveBufferSize(1 << 16);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.0\r\n" + String.join("\r\n", headers)
                                + (headers.length == 0 ? "" : "\r\n") + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        events = new LinkedBlockingQueue<>(room);
        String status = lines.readLine();
        if (!status.contains(" 200 ")) {
            throw new AssertionError(status + lines.lines().toList());
        }
        while (!lines.readLine().isEmpty()) {
            // headers
        }
        while (lastId.isEmpty()) {
            block();
        }
        Thread thread = new Thread(this::read, "event-stream");
        thread.setDaemon(true);
        thread.start();
    }

    static EventStream open(Api api, String path, String... headers) throws IOException, InterruptedException {
        return new EventStream(api.server.port(), path, Integer.MAX_VALUE, headers);
    }

    private void read() {
        try {
            while (block()) {
                // the next one
            }
        } catch (IOException | InterruptedException e) {
            // closed
        }
        ended = true;
    }

    private boolean block() throws IOException, InterruptedException {
        String kind = "";
        String data = "";
        String line = lines.readLine();
        for (; line != null && !line.isEmpty(); line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            } else if (line.startsWith("event: ")) {
                kind = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.startsWith(":")) {
                comments.incrementAndGet();
            }
        }
        if (!data.isEmpty()) {
            events.put(new Event(lastId, kind, JSON.readTree(data)));
        }
        return line != null;
    }

    /** The next one. */
    Event next() throws InterruptedException {
        Event event = events.poll(60, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event");
        }
        return event;
    }

    List<Event> next(int count) throws InterruptedException {
        List<Event> list = new ArrayList<>();
        while (list.size() < count) {
            list.add(next());
        }
        return list;
    }

    boolean quietFor(Duration time) throws InterruptedException {
        return events.poll(time.toMillis(), TimeUnit.MILLISECONDS) == null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
