package io.millrace.ingestion.inference;

import static io.millrace.ingestion.inference.Reviews.predict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.ingestion.gateway.StandInGateway;
import io.millrace.ingestion.gateway.StandInGateway.Asked;
import io.millrace.ingestion.gateway.StandInGateway.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ML_PREDICT with our provider in real Flink jobs. */
class InferenceTest {
    private static final String LABEL = "label STRING, inference_id STRING, error STRING";
    private static final String PROMPT = ", 'prompt-text' = 'The mood of: {body}'";
    private static final String ONE_OF = ", 'one-of.label' = 'negative, neutral, positive'";
    private static final String POSITIVE = "{\"label\": \"positive\"}";

    @Test
    void answerFillsTheOutputColumns() throws Exception {
        String content = "{\"label\": \"positive\", \"stars\": 5, \"seen\": 5000000000, \"score\": 1, \"spam\": null}";
        try (StandInGateway gateway = new StandInGateway(asked -> Reply.content(content))) {
            Reviews reviews = Reviews.of("good")
                    .model(
                            "label STRING, stars INT, seen BIGINT, score DOUBLE, spam BOOLEAN, inference_id STRING, error STRING",
                            gateway.url() + "/",
                            PROMPT + ONE_OF + ", 'prompt' = 'prompts/sentiment.v1.md', 'caller' = 'review_sentiment',"
                                    + " 'max-tokens' = '40'");
            assertThat(reviews.rows(predict("*")))
                    .containsExactly(Row.of(1, "good", "positive", 5, 5_000_000_000L, 1.0, null, "call-1", null));
            Asked asked = gateway.asked.get(0);
            assertThat(asked.header("Millrace-prompt")).isEqualTo("prompts/sentiment.v1.md");
            assertThat(asked.header("Millrace-caller")).isEqualTo("review_sentiment");
            assertThat(asked.header("Authorization")).isEmpty();
            assertThat(asked.body()).hasToString("""
                    {"model":"chat","temperature":0.0,"max_tokens":40,"response_format":{"type":"json_schema",\
                    "json_schema":{"name":"answer","strict":true,"schema":{"type":"object","properties":{\
                    "label":{"type":"string","enum":["negative","neutral","positive"]},\
                    "stars":{"type":["integer","null"]},"seen":{"type":["integer","null"]},\
                    "score":{"type":["number","null"]},"spam":{"type":["boolean","null"]}},\
                    "required":["label","stars","seen","score","spam"],"additionalProperties":false}}},\
                    "messages":[{"role":"user","content":"The mood of: good"}]}\
                    """);
        }
    }

    @Test
    void singleAnswerColumnIsTheTextAsItIs() throws Exception {
        try (StandInGateway gateway = new StandInGateway(asked -> Reply.content("A fine day."))) {
            assertThat(Reviews.of("good")
                            .model("answer STRING", gateway.url(), PROMPT)
                            .rows(predict("answer")))
                    .containsExactly(Row.of("A fine day."));
            assertThat(gateway.asked.get(0).body().has("response_format")).isFalse();
        }
    }

    @Test
    void promptWithExamplesIsSentAsMessages() throws Exception {
        String prompt = """
                --- system
                Answer as JSON like {{"label": "neutral"} or {"label": 1}}.
                --- user
                lovely
                --- assistant
                {"label": "positive"}
                --- user
                {body}
                """;
        try (StandInGateway gateway = new StandInGateway(asked -> Reply.content(POSITIVE))) {
            Reviews.of("it''s {body}, $1")
                    .model(LABEL, gateway.url(), ", 'prompt-text' = '" + prompt + "'")
                    .rows(predict("*"));
            assertThat(gateway.asked.get(0).body().path("messages")).hasToString("""
                    [{"role":"system","content":"Answer as JSON like {{\\"label\\": \\"neutral\\"} or {\\"label\\": 1}}."},\
                    {"role":"user","content":"lovely"},\
                    {"role":"assistant","content":"{\\"label\\": \\"positive\\"}"},\
                    {"role":"user","content":"it's {body}, $1"}]\
                    """);
        }
    }

    @Test
    void eachRowThatFailsSaysWhy() throws Exception {
        Function<Asked, Reply> model = asked -> switch (asked.user().replace("The mood of: ", "")) {
            case "broken" -> Reply.status(500, "the model fell over");
            case "unknown" -> new Reply(404, Map.of(), "no such model");
            case "half" -> Reply.content("{\"label\": \"posi");
            case "halfbody" -> new Reply(200, Map.of(), "{\"choices\": [");
            case "other" -> Reply.content("{\"mood\": \"positive\"}");
            case "enum" -> Reply.content("{\"label\": \"great\"}");
            case "null" -> Reply.content("{\"label\": null}");
            case "empty" -> Reply.content("");
            case "cut" -> Reply.finished("{\"label\"", "length");
            default -> Reply.content(POSITIVE);
        };
        try (StandInGateway gateway = new StandInGateway(model)) {
            Reviews reviews = Reviews.of(
                            "broken", "unknown", "half", "halfbody", "other", "enum", "null", "empty", "cut", "good")
                    .model(LABEL, gateway.url(), PROMPT + ONE_OF);
            List<Row> rows = reviews.rows(predict("body, label, error"));
            assertThat(rows)
                    .startsWith(
                            Row.of("broken", null, "gateway answered 500: the model fell over"),
                            Row.of("unknown", null, "gateway answered 404: no such model"),
                            Row.of("half", null, "the answer is no JSON: {\"label\": \"posi"),
                            Row.of("halfbody", null, "the gateway's answer is no JSON: {\"choices\": ["),
                            Row.of("other", null, "the answer lacks label: {\"mood\": \"positive\"}"),
                            Row.of(
                                    "enum",
                                    null,
                                    "the answer's label is \"great\", not one of negative, neutral, positive"),
                            Row.of("null", null, "the answer's label is null, not one of negative, neutral, positive"))
                    .endsWith(
                            Row.of("cut", null, "the answer was cut off: raise max-tokens ({\"label\")"),
                            Row.of("good", "positive", null))
                    .hasSize(10);
            assertThat(rows.get(7).getFieldAs(2).toString()).startsWith("the model said nothing: {");
            assertThat(gateway.calls).hasValue(10);
            assertThat(reviews.rows(predict("inference_id"))).doesNotContain(Row.of((Object) null));
        }
    }

    @Test
    void failureWithoutAnErrorColumnFailsTheJob() throws Exception {
        try (StandInGateway gateway = new StandInGateway(asked -> Reply.status(500, "the model fell over"))) {
            Reviews reviews = Reviews.of("good").model("label STRING", gateway.url(), PROMPT);
            assertThatThrownBy(() -> reviews.rows(predict("*")))
                    .hasStackTraceContaining("model m: gateway answered 500: the model fell over;"
                            + " add error STRING to its OUTPUT to have such rows with the reason instead");
        }
    }

    @Test
    void busyGatewayIsAskedAgainWhenItSaid() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Function<Asked, Reply> model = asked -> switch (calls.incrementAndGet()) {
            case 1 -> Reply.status(429, "queue is full").with("Retry-After", "1");
            case 2 -> Reply.status(503, "starting");
            default -> Reply.content(POSITIVE);
        };
        try (StandInGateway gateway = new StandInGateway(model)) {
            Reviews reviews = Reviews.of("good").model(LABEL, gateway.url(), PROMPT);
            long start = System.nanoTime();
            assertThat(reviews.rows(predict("label, error"))).containsExactly(Row.of("positive", null));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void gatewayThatStaysBusyIsAFailure() throws Exception {
        try (StandInGateway gateway = new StandInGateway(asked -> Reply.status(503, "starting"))) {
            Reviews reviews = Reviews.of("good").model(LABEL, gateway.url(), PROMPT + ", 'retry-timeout' = '900 ms'");
            assertThat(reviews.rows(predict("error")))
                    .singleElement()
                    .asString()
                    .startsWith("+I[gateway answered 503: starting (tried for 900 ms, ");
            assertThat(gateway.calls).hasValueGreaterThan(1);
        }
    }

    @Test
    void gatewayThatRestartsIsWaitedFor() throws Exception {
        StandInGateway first = new StandInGateway(asked -> Reply.content(POSITIVE));
        first.close();
        Reviews reviews = Reviews.of("good", "fine").model(LABEL, first.url(), PROMPT);
        CompletableFuture<StandInGateway> second = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new StandInGateway(first.port(), true, asked -> Reply.content(POSITIVE));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
        assertThat(reviews.rows(predict("label, error")))
                .containsOnly(Row.of("positive", null))
                .hasSize(2);
        try (StandInGateway restarted = second.join()) {
            assertThat(restarted.calls).hasValue(2);
        }
    }

    @Test
    void slowAnswerIsAFailure() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Function<Asked, Reply> model = asked -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.content(POSITIVE);
        };
        try (StandInGateway gateway = new StandInGateway(model)) {
            Reviews reviews = Reviews.of("good").model(LABEL, gateway.url(), PROMPT + ", 'timeout' = '300 ms'");
            assertThat(reviews.rows(predict("label, error")))
                    .containsExactly(Row.of(null, "no answer within 300 ms: raise 'timeout' or ask for less"));
            assertThat(gateway.calls).hasValue(1);
        }
    }

    @Test
    void manyRowsAreInFlightAndEachComesOutOnceInOrder() throws Exception {
        CountDownLatch all = new CountDownLatch(64);
        Function<Asked, Reply> model = asked -> {
            all.countDown();
            try {
                all.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            StandInGateway.sleep(ThreadLocalRandom.current().nextInt(20));
            return Reply.content("{\"label\": \"" + asked.user() + "\"}");
        };
        try (StandInGateway gateway = new StandInGateway(model)) {
            Reviews reviews = Reviews.over("SELECT CAST(id AS STRING) AS body FROM" + " (SELECT * FROM UNNEST(ARRAY["
                            + numbers(1, 500) + "]) AS n(id))")
                    .model(LABEL, gateway.url(), ", 'prompt-text' = '{body}'");
            List<Row> rows = reviews.rows("SELECT body, label, error FROM ML_PREDICT(TABLE reviews, MODEL m,"
                    + " DESCRIPTOR(body), MAP['async', 'true', 'max-concurrent-operations', '64'])");
            assertThat(rows)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 500)
                            .mapToObj(i -> Row.of("" + i, "" + i, null))
                            .toList());
            assertThat(all.getCount()).isZero();
            assertThat(gateway.mostInFlight.get()).isBetween(64, 65);
            assertThat(gateway.calls).hasValue(500);
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("millrace-inference")));
        }
    }

    @Test
    void rowWithNullInputIsThereWithTheReason() throws Exception {
        try (StandInGateway gateway = new StandInGateway(asked -> Reply.content(POSITIVE))) {
            assertThat(Reviews.of("good", "", "fine")
                            .model(LABEL, gateway.url(), PROMPT)
                            .rows(predict("id, label, error")))
                    .containsExactlyInAnyOrder(
                            Row.of(1, "positive", null),
                            Row.of(2, null, "input column body is NULL"),
                            Row.of(3, "positive", null));
            assertThat(gateway.calls).hasValue(2);
        }
    }

    @Test
    void keyComesFromTheEnvironmentAndIsShownNowhere() throws Exception {
        String key = System.getenv("INFERENCE_TEST_KEY");
        try (StandInGateway gateway =
                new StandInGateway(asked -> Reply.status(401, "wrong " + asked.header("Authorization")))) {
            Reviews reviews =
                    Reviews.of("good").model(LABEL, gateway.url(), PROMPT + ", 'key-variable' = 'INFERENCE_TEST_KEY'");
            assertThat(reviews.rows(predict("error")))
                    .containsExactly(Row.of("gateway answered 401: wrong Bearer *** (its key is read from"
                            + " INFERENCE_TEST_KEY, which is set on the TaskManager)"));
            assertThat(gateway.asked.get(0).header("Authorization")).isEqualTo("Bearer " + key);
            assertThat(reviews.rows("SHOW CREATE MODEL m").toString())
                    .contains("INFERENCE_TEST_KEY")
                    .doesNotContain(key);
            assertThat(reviews.tables().explainSql(predict("*"), ExplainDetail.JSON_EXECUTION_PLAN))
                    .contains("MLPredict")
                    .doesNotContain(key);
        }
    }

    static List<Arguments> wrongModels() {
        return List.of(
                Arguments.of(
                        "label STRING",
                        "'gateway' = 'http://h/v1', 'prompt-text' = '{body}'",
                        "model m has no 'model': add 'model' = 'chat', the model's name at the gateway"),
                Arguments.of(
                        "label STRING",
                        "'model' = 'chat', 'prompt-text' = '{body}'",
                        "model m has no 'gateway': add 'gateway' ="),
                Arguments.of(
                        "label STRING",
                        "'model' = 'chat', 'gateway' = 'http://h/v1'",
                        "model m has no 'prompt-text': add"),
                Arguments.of("label STRING", "ALL, 'promt' = 'x'", "Unsupported options:"),
                Arguments.of("label STRING", "ALL, 'timeout' = 'x'", "Invalid value for option 'timeout'"),
                Arguments.of(
                        "label STRING",
                        "ALL, 'timeout' = '0 s'",
                        "model m: timeout is 0 ms: give each request some time"),
                Arguments.of(
                        "label STRING",
                        "ALL, 'timeout' = '3 min'",
                        "model m: timeout and retry-timeout are 240 s together, and ML_PREDICT waits for 180 s only: make them shorter or raise 'table.exec.async-ml-predict.timeout'"),
                Arguments.of(
                        "label STRING",
                        "'model' = 'chat', 'prompt-text' = '{body}', 'gateway' = 'h:1'",
                        "model m: gateway 'h:1' is no HTTP address: write it as http://127.0.0.1:18091/v1"),
                Arguments.of(
                        "label STRING",
                        "ALL, 'prompt' = 'grüße'",
                        "model m: prompt 'grüße' is sent as a header: write it in plain"),
                Arguments.of(
                        "label STRING",
                        "'model' = 'chat', 'gateway' = 'http://h/v1', 'prompt-text' = '{bdy}'",
                        "model m: the prompt's {bdy} is no input column (those are body): name one, or write {{bdy}} to keep it"),
                Arguments.of(
                        "label STRING",
                        "'model' = 'chat', 'gateway' = 'http://h/v1', 'prompt-text' = 'mood?'",
                        "model m: the prompt names no input column: write {body} where its value belongs"),
                Arguments.of(
                        "label STRING",
                        "'model' = 'chat', 'gateway' = 'http://h/v1', 'prompt-text' = '--- sytem\n{body}'",
                        "model m: the prompt's line '--- sytem' names no role: use one of system, user, assistant"),
                Arguments.of(
                        "label STRING",
                        "'model' = 'chat', 'gateway' = 'http://h/v1', 'prompt-text' = 'Hi\n--- user\n{body}'",
                        "model m: the prompt has text before its first '--- …' line"),
                Arguments.of("error STRING", "ALL", "model m: OUTPUT has no column for the model to fill: add one"),
                Arguments.of(
                        "label STRING, error INT",
                        "ALL",
                        "model m: output column error is written by the platform and is INT:"),
                Arguments.of(
                        "score DECIMAL(3, 2)",
                        "ALL",
                        "model m: output column score is DECIMAL(3, 2): use STRING, INT, BIGINT,"),
                Arguments.of(
                        "label STRING NOT NULL",
                        "ALL",
                        "model m: output column label is NOT NULL, and a row without an answer"),
                Arguments.of(
                        "label STRING",
                        "ALL, 'one-of.lable' = 'a'",
                        "model m: option 'one-of.lable' is for no column that the model fills (those are label): name one"),
                Arguments.of(
                        "label STRING",
                        "ALL, 'one-of.label' = 'a,,b'",
                        "model m: option 'one-of.label' is 'a,,b': write the"),
                Arguments.of(
                        "stars INT",
                        "ALL, 'one-of.stars' = '1,2'",
                        "model m: option 'one-of.stars' is for a column of type INT:"));
    }

    @ParameterizedTest
    @MethodSource("wrongModels")
    void optionThatCannotBeIsRefusedWithTheFix(String output, String options, String message) {
        Reviews reviews = Reviews.of("good");
        reviews.tables()
                .executeSql("CREATE MODEL m INPUT (body STRING) OUTPUT (" + output + ") WITH ('provider' = 'millrace', "
                        + options.replace(
                                "ALL", "'model' = 'chat', 'gateway' = 'http://h/v1', 'prompt-text' = '{body}'")
                        + ")");
        assertThatThrownBy(() -> reviews.tables().explainSql(predict("*"), ExplainDetail.JSON_EXECUTION_PLAN))
                .hasStackTraceContaining(message);
    }

    @Test
    void flinksOwnOpenAiProviderWorksWithTheSameGateway() throws Exception {
        try (StandInGateway gateway = new StandInGateway(asked -> Reply.content("positive"))) {
            Reviews reviews = Reviews.of("good");
            reviews.tables()
                    .executeSql("CREATE MODEL m INPUT (body STRING) OUTPUT (label STRING) WITH ('provider' ="
                            + " 'openai', 'endpoint' = '" + gateway.url()
                            + "/chat/completions', 'api-key' = 'k', 'model' = 'chat')");
            assertThat(reviews.rows(predict("label"))).containsExactly(Row.of("positive"));
        }
    }

    private static String numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }
}
