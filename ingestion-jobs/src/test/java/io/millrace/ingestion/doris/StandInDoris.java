package io.millrace.ingestion.doris;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The Stream Load face of a Doris with one FE and one BE, as Doris' documentation tells it: redirects, labels, sequence
 * columns, deletions, refused rows, two-phase commit. What it does not do: types, partitions, timeouts.
 */
final class StandInDoris implements AutoCloseable {
    static {
        // Else its small answers wait 40 ms for the peer's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DELETE_SIGN = "__DORIS_DELETE_SIGN__";

    /** Faults to come, each as many times as it says. */
    enum Fault {
        /** The work is done, the connection breaks before the answer. */
        LOAD_REPLY_LOST,
        /** Nothing is done, the answer is 503. */
        LOAD_UNAVAILABLE,
        /** A label that is taken is said to be of a load that still runs. */
        LABEL_STILL_RUNNING,
        COMMIT_REPLY_LOST
    }

    private enum State {
        PRECOMMITTED,
        VISIBLE,
        ABORTED
    }

    private static final class Transaction {
        final long id;
        final Table table;
        final List<ObjectNode> rows;
        State state = State.PRECOMMITTED;

        Transaction(long id, Table table, List<ObjectNode> rows) {
            this.id = id;
            this.table = table;
            this.rows = rows;
        }
    }

    /** A table: UNIQUE KEY when it has key columns, else DUPLICATE KEY. */
    final class Table {
        private final List<String> key;
        private final @Nullable String sequence;
        private final Function<ObjectNode, @Nullable String> refusal;
        private final Map<Object, ObjectNode> rows = new LinkedHashMap<>();

        private Table(List<String> key, @Nullable String sequence, Function<ObjectNode, @Nullable String> refusal) {
            this.key = key;
            this.sequence = sequence;
            this.refusal = refusal;
        }

        private void apply(ObjectNode row) {
            Object identity = key.isEmpty()
                    ? new Object()
                    : key.stream().map(column -> row.get(column).asText()).toList();
            ObjectNode stored = rows.get(identity);
            boolean older = stored != null
                    && sequence != null
                    && row.get(sequence).asLong() < stored.get(sequence).asLong();
            if (!older) {
                rows.put(identity, row);
            }
        }

        /** The rows a SELECT sees, without the hidden column. */
        List<ObjectNode> visible() {
            synchronized (StandInDoris.this) {
                return rows.values().stream()
                        .filter(row -> row.path(DELETE_SIGN).asInt() == 0)
                        .map(row -> row.deepCopy().without(List.of(DELETE_SIGN)))
                        .map(ObjectNode.class::cast)
                        .sorted(Comparator.comparing(row -> row.path("id").asLong()))
                        .collect(Collectors.toList());
            }
        }
    }

    private final HttpServer frontend = server(this::frontend);
    private final HttpServer backend = server(this::backend);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String password;
    private final Map<String, Table> tables = new ConcurrentHashMap<>();
    private final Map<String, Transaction> labels = new HashMap<>();
    private final Map<Long, Transaction> transactions = new HashMap<>();
    private final Map<String, String> errorLogs = new ConcurrentHashMap<>();
    private final Map<Fault, Integer> faults = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private Map<String, String> lastHeaders = Map.of();
    private long nextTransaction = 1000;

    StandInDoris(String password) throws IOException {
        this.password = password;
        for (HttpServer server : List.of(frontend, backend)) {
            server.setExecutor(threads);
            server.start();
        }
    }

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
        return server;
    }

    String url() {
        return "http://127.0.0.1:" + frontend.getAddress().getPort();
    }

    Table unique(String name, String sequence, String... key) {
        return table(name, new Table(Arrays.asList(key), sequence, row -> null));
    }

    Table append(String name) {
        return append(name, row -> null);
    }

    /** @param refusal what is wrong with a row, or null */
    Table append(String name, Function<ObjectNode, @Nullable String> refusal) {
        return table(name, new Table(List.of(), null, refusal));
    }

    private Table table(String name, Table table) {
        tables.put(name, table);
        return table;
    }

    synchronized StandInDoris fail(Fault fault, int times) {
        faults.put(fault, times);
        return this;
    }

    /** How often something was done: redirect, load, refused, label repeated, commit, commit repeated, abort. */
    synchronized int count(String what) {
        return counts.getOrDefault(what, 0);
    }

    synchronized Map<String, String> lastHeaders() {
        return lastHeaders;
    }

    private boolean strikes(Fault fault) {
        int left = faults.getOrDefault(fault, 0);
        faults.put(fault, Math.max(0, left - 1));
        return left > 0;
    }

    private void counted(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void frontend(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        if (!allowed(exchange)) {
            reply(
                    exchange,
                    401,
                    JSON.createObjectNode().put("msg", "Unauthorized").put("code", 401));
        } else if (path.equals("/api/backends")) {
            ObjectNode answer = JSON.createObjectNode().put("msg", "success").put("code", 0);
            answer.putObject("data")
                    .putArray("backends")
                    .addObject()
                    .put("ip", "127.0.0.1")
                    .put("http_port", backend.getAddress().getPort())
                    .put("is_alive", true);
            reply(exchange, 200, answer);
        } else if (!"100-continue".equals(exchange.getRequestHeaders().getFirst("Expect"))) {
            reply(exchange, 200, status("Fail", "There is no 100-continue header"));
        } else {
            synchronized (this) {
                counted("redirect");
            }
            exchange.getResponseHeaders()
                    .set("Location", "http://127.0.0.1:" + backend.getAddress().getPort() + path);
            exchange.sendResponseHeaders(307, -1);
        }
    }

    private void backend(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String last = path.length == 0 ? "" : path[path.length - 1];
        if (path.length < 2) {
            reply(exchange, 200, JSON.createObjectNode());
        } else if (path[1].equals("errors")) {
            byte[] text = errorLogs.get(last).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
        } else if (!allowed(exchange)) {
            reply(exchange, 200, status("Fail", "Access denied for user"));
        } else if (last.equals("_stream_load_2pc")) {
            finish(exchange);
        } else if (last.equals("_stream_load")) {
            load(exchange, path[2] + "." + path[3], body);
        } else {
            reply(exchange, 404, JSON.createObjectNode());
        }
    }

    private void load(HttpExchange exchange, String tableName, String body) throws IOException {
        ObjectNode answer;
        boolean lost;
        synchronized (this) {
            if (strikes(Fault.LOAD_UNAVAILABLE)) {
                answer = null;
                lost = false;
            } else {
                answer = loaded(exchange, tableName, body);
                lost = strikes(Fault.LOAD_REPLY_LOST);
            }
        }
        if (answer == null) {
            reply(exchange, 503, status("Fail", "service unavailable"));
        } else if (!lost) {
            reply(exchange, 200, answer);
        }
    }

    private ObjectNode loaded(HttpExchange exchange, String tableName, String body) throws IOException {
        lastHeaders = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, header -> header.getValue().get(0)));
        String label = exchange.getRequestHeaders().getFirst("label");
        boolean twoPhase = "true".equals(exchange.getRequestHeaders().getFirst("two_phase_commit"));
        Table table = tables.get(tableName);
        if (table == null) {
            return status("Fail", "[ANALYSIS_ERROR]errCode = 2, detailMessage = unknown table " + tableName);
        }
        Transaction existing = labels.get(label);
        if (existing != null && existing.state != State.ABORTED) {
            return taken(label, existing, twoPhase);
        }
        List<ObjectNode> rows = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (String line : body.lines().toList()) {
            ObjectNode row = (ObjectNode) JSON.readTree(line);
            if (row.has(DELETE_SIGN)
                    && !DELETE_SIGN.equals(exchange.getRequestHeaders().getFirst("hidden_columns"))) {
                errors.add("Reason: unknown column " + DELETE_SIGN);
            }
            String error = table.refusal.apply(row);
            if (error != null) {
                errors.add("Reason: " + error + " src line [" + line + "];");
            }
            rows.add(row);
        }
        Transaction transaction = new Transaction(nextTransaction++, table, rows);
        labels.put(label, transaction);
        transactions.put(transaction.id, transaction);
        ObjectNode answer;
        if (errors.isEmpty()) {
            counted("load");
            answer = status("Success", "OK");
            if (!twoPhase) {
                publish(transaction);
            }
        } else {
            counted("refused");
            transaction.state = State.ABORTED;
            errorLogs.put(label, String.join("\n", errors));
            answer = status("Fail", "[DATA_QUALITY_ERROR]too many filtered rows")
                    .put("ErrorURL", "http://127.0.0.1:" + backend.getAddress().getPort() + "/errors/" + label);
        }
        return answer.put("TxnId", transaction.id)
                .put("Label", label)
                .put("TwoPhaseCommit", Boolean.toString(twoPhase))
                .put("NumberTotalRows", rows.size())
                .put("NumberFilteredRows", errors.size());
    }

    private ObjectNode taken(String label, Transaction existing, boolean twoPhase) {
        String state = existing.state == State.VISIBLE ? "FINISHED" : existing.state.name();
        if (strikes(Fault.LABEL_STILL_RUNNING)) {
            state = "RUNNING";
        }
        counted("label repeated");
        return status(
                        "Label Already Exists",
                        "[LABEL_ALREADY_EXISTS]errCode = 2, detailMessage = Label [" + label
                                + "] has already been used, relate to txn [" + existing.id + "]")
                .put("TxnId", nextTransaction++)
                .put("Label", label)
                .put("TwoPhaseCommit", Boolean.toString(twoPhase))
                .put("ExistingJobStatus", state);
    }

    private static void publish(Transaction transaction) {
        transaction.state = State.VISIBLE;
        transaction.rows.forEach(transaction.table::apply);
    }

    private void finish(HttpExchange exchange) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        boolean lost = false;
        synchronized (this) {
            long id = Long.parseLong(exchange.getRequestHeaders().getFirst("txn_id"));
            boolean commit = "commit".equals(exchange.getRequestHeaders().getFirst("txn_operation"));
            Transaction transaction = transactions.get(id);
            if (transaction == null) {
                answer.put("status", "ANALYSIS_ERROR").put("msg", "transaction [" + id + "] not found");
            } else if (transaction.state != State.PRECOMMITTED) {
                counted((commit ? "commit" : "abort") + " repeated");
                answer.put("status", "ANALYSIS_ERROR")
                        .put(
                                "msg",
                                "errCode = 2, detailMessage = transaction [" + id + "] is already "
                                        + transaction.state.name().toLowerCase(java.util.Locale.ROOT)
                                        + (commit ? ", not pre-committed." : ", could not abort."));
            } else {
                counted(commit ? "commit" : "abort");
                if (commit) {
                    publish(transaction);
                } else {
                    transaction.state = State.ABORTED;
                }
                answer.put("status", "Success").put("msg", "transaction [" + id + "] done.");
                lost = commit && strikes(Fault.COMMIT_REPLY_LOST);
            }
        }
        if (!lost) {
            reply(exchange, 200, answer);
        }
    }

    private boolean allowed(HttpExchange exchange) {
        String expected = Base64.getEncoder().encodeToString(("root:" + password).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static ObjectNode status(String status, String message) {
        return JSON.createObjectNode().put("Status", status).put("Message", message);
    }

    private static void reply(HttpExchange exchange, int code, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        frontend.stop(0);
        backend.stop(0);
        threads.shutdownNow();
    }
}
