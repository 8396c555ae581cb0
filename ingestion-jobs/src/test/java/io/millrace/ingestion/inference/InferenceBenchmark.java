package io.millrace.ingestion.inference;

import io.millrace.ingestion.gateway.StandInGateway;
import io.millrace.ingestion.gateway.StandInGateway.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Calls a second of four ways to ask a model from Flink, over the same stand-in whose every answer takes 50 ms, each in a
 * job of parallelism 1 that never runs out of rows. A job is measured after its warm-up.
 *
 * <p>Arguments: rounds (2), seconds measured (10). docs/benchmarks.md has the command.
 */
public final class InferenceBenchmark {
    private static final int IN_FLIGHT = 64;
    private static final int WARM_UP_SECONDS = 5;
    private static final String CONFIG =
            "MAP['async', 'true', 'max-concurrent-operations', '" + IN_FLIGHT + "', 'timeout', '5 min']";

    private InferenceBenchmark() {}

    /** Starts a job over the table {@code rows}. */
    private interface Way {
        JobClient start(StreamExecutionEnvironment streams, StreamTableEnvironment tables, String url) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("millrace provider", InferenceBenchmark::millrace);
        ways.put("AsyncFunction", InferenceBenchmark::asyncFunction);
        ways.put("openai provider", InferenceBenchmark::openAi);
        ways.put("blocking UDF", InferenceBenchmark::blocking);
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                rates.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(rate(way.getValue(), seconds));
            }
        }
        double ours = mean(rates.get("millrace provider"));
        System.out.printf(
                Locale.ROOT,
                "50 ms a call, %d in flight, parallelism 1, %d rounds of %d s after %d s%n",
                IN_FLIGHT,
                rounds,
                seconds,
                WARM_UP_SECONDS);
        rates.forEach((name, each) -> System.out.printf(
                Locale.ROOT,
                "%-18s %7.1f calls/s %s; ours is %.2fx of it%n",
                name,
                mean(each),
                each,
                ours / mean(each)));
    }

    private static double mean(List<Double> rates) {
        return rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    private static double rate(Way way, int seconds) throws Exception {
        Function<StandInGateway.Asked, Reply> model = asked -> {
            StandInGateway.sleep(50);
            return Reply.content("{\"label\":\"positive\"}");
        };
        try (StandInGateway gateway = new StandInGateway(0, false, model)) {
            StreamExecutionEnvironment streams = StreamExecutionEnvironment.getExecutionEnvironment();
            streams.setParallelism(1);
            StreamTableEnvironment tables = StreamTableEnvironment.create(streams);
            tables.executeSql("CREATE TABLE `rows` (body STRING) WITH ('connector' = 'datagen', 'fields.body.length' ="
                    + " '100', 'rows-per-second' = '5000')");
            tables.executeSql("CREATE TABLE answers (body STRING, label STRING) WITH ('connector' = 'blackhole')");
            JobClient job = way.start(streams, tables, gateway.url());
            while (gateway.calls.get() == 0) {
                StandInGateway.sleep(50);
            }
            StandInGateway.sleep(TimeUnit.SECONDS.toMillis(WARM_UP_SECONDS));
            int before = gateway.calls.get();
            long start = System.nanoTime();
            StandInGateway.sleep(TimeUnit.SECONDS.toMillis(seconds));
            double rate = (gateway.calls.get() - before) * 1e9 / (System.nanoTime() - start);
            job.cancel().get(30, TimeUnit.SECONDS);
            return Math.round(rate * 10) / 10.0;
        }
    }

    private static JobClient millrace(StreamExecutionEnvironment streams, StreamTableEnvironment tables, String url) {
        tables.executeSql("CREATE MODEL m INPUT (body STRING) OUTPUT (label STRING, inference_id STRING, error STRING)"
                + " WITH ('provider' = 'millrace', 'model' = 'chat', 'prompt-text' = 'The mood of: {body}', 'gateway' ="
                + " '" + url + "')");
        return predict(tables);
    }

    private static JobClient openAi(StreamExecutionEnvironment streams, StreamTableEnvironment tables, String url) {
        tables.executeSql("CREATE MODEL m INPUT (body STRING) OUTPUT (label STRING) WITH ('provider' = 'openai',"
                + " 'model' = 'chat', 'api-key' = 'k', 'endpoint' = '" + url + "/chat/completions')");
        return predict(tables);
    }

    private static JobClient predict(StreamTableEnvironment tables) {
        return tables.executeSql("INSERT INTO answers SELECT body, label FROM ML_PREDICT(TABLE `rows`, MODEL m,"
                        + " DESCRIPTOR(body), " + CONFIG + ")")
                .getJobClient()
                .orElseThrow();
    }

    private static JobClient asyncFunction(
            StreamExecutionEnvironment streams, StreamTableEnvironment tables, String url) throws Exception {
        DataStream<Row> rows = tables.toDataStream(tables.from("`rows`"));
        AsyncDataStream.orderedWait(rows, new Asking(url), 5, TimeUnit.MINUTES, IN_FLIGHT)
                .sinkTo(new DiscardingSink<>());
        return streams.executeAsync();
    }

    private static JobClient blocking(StreamExecutionEnvironment streams, StreamTableEnvironment tables, String url) {
        tables.createTemporarySystemFunction("ask", new BlockingAsk(url));
        return tables.executeSql("INSERT INTO answers SELECT body, ask(body) FROM `rows`")
                .getJobClient()
                .orElseThrow();
    }

    private static HttpRequest request(ObjectMapper json, String url, String body) {
        String text = json.createObjectNode()
                .put("model", "chat")
                .set(
                        "messages",
                        json.createArrayNode()
                                .add(json.createObjectNode()
                                        .put("role", "user")
                                        .put("content", "The mood of: " + body)))
                .toString();
        return HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
                .timeout(Duration.ofSeconds(90))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
    }

    private static String label(ObjectMapper json, HttpResponse<String> response) {
        try {
            String content = json.readTree(response.body())
                    .at("/choices/0/message/content")
                    .asText();
            return json.readTree(content).path("label").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an engineer would write without us. */
    private static final class Asking extends RichAsyncFunction<Row, String> {
        private final String url;
        private transient @Nullable HttpClient http;
        private transient @Nullable ObjectMapper json;

        Asking(String url) {
            this.url = url;
        }

        @Override
        public void open(OpenContext context) {
            http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            json = new ObjectMapper();
        }

        @Override
        public void asyncInvoke(Row row, ResultFuture<String> result) {
            http.sendAsync(request(json, url, row.getFieldAs(0)), HttpResponse.BodyHandlers.ofString())
                    .whenComplete((response, failure) -> {
                        if (failure == null) {
                            result.complete(List.of(label(json, response)));
                        } else {
                            result.completeExceptionally(failure);
                        }
                    });
        }
    }

    /** The same as a SQL function. */
    public static final class BlockingAsk extends ScalarFunction {
        private final String url;
        private transient @Nullable HttpClient http;
        private transient @Nullable ObjectMapper json;

        BlockingAsk(String url) {
            this.url = url;
        }

        @Override
        public void open(FunctionContext context) {
            http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            json = new ObjectMapper();
        }

        @Override
        public boolean isDeterministic() {
            return false;
        }

        public String eval(String body) throws IOException, InterruptedException {
            return label(json, http.send(request(json, url, body), HttpResponse.BodyHandlers.ofString()));
        }
    }
}
