package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptionTest extends GatewayTest {
    private static final String PATH = "/v1/audio/transcriptions";
    private static final String BOUNDARY = "b0undary";
    private static final byte[] SPOKEN = sound(200_000, 1);

    private static byte[] sound(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** @param fields names and values in turn */
    private static byte[] form(byte[] audio, String name, String... fields) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n"
                            + fields[i + 1] + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                        + "\"\r\nContent-Type: audio/wav\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(audio);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private HttpResponse<String> transcribe(byte[] audio, String name, String... fields) throws Exception {
        return start(form(audio, name, fields)).join();
    }

    private CompletableFuture<HttpResponse<String>> start(byte[] body) {
        return gateway.start(
                PATH,
                java.net.http.HttpRequest.BodyPublishers.ofByteArray(body),
                "multipart/form-data; boundary=" + BOUNDARY);
    }

    private String row(String columns) throws Exception {
        return database.text(ledger, "SELECT (" + columns + ")::text FROM inference_calls");
    }

    @Test
    void theSameRecordingIsPaidOnceUnderTwoNames() throws Exception {
        HttpResponse<String> first = transcribe(SPOKEN, "a note.wav", "model", "small", "language", "en");
        HttpResponse<String> second = transcribe(SPOKEN, "copy of a note.MP3", "model", "small", "language", "en");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(Gateway.json(first).get("text").asText()).isEqualTo(StandInProvider.CONTENT);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(Gateway.hit(first)).isFalse();
        assertThat(Gateway.hit(second)).isTrue();
        assertThat(Gateway.callId(second)).isEqualTo(Gateway.callId(first));
        assertThat(provider.calls()).isEqualTo(1);
        assertThat(row("status, kind, prompt_tokens, completion_tokens")).isEqualTo("(done,transcription,9,5)");
    }

    @Test
    void theProviderGetsTheRecordingAndNotItsName() throws Exception {
        transcribe(SPOKEN, "Ann's birthday.wav", "model", "small", "prompt", "Žluťoučký", "temperature", "0.2");
        var asked = provider.request(0);
        assertThat(asked.path("file").asText().getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(SPOKEN);
        assertThat(asked.path("filename").asText()).isEqualTo("audio.wav");
        assertThat(asked.path("model").asText()).isEqualTo(StandInProvider.MODEL);
        assertThat(asked.path("prompt").asText()).isEqualTo("Žluťoučký");
        assertThat(asked.path("temperature").asText()).isEqualTo("0.2");
    }

    @Test
    void theLedgerKeepsHashAndSizeAndNoBytes() throws Exception {
        HttpResponse<String> answer = transcribe(SPOKEN, "a.wav", "model", "small");
        var call = Gateway.json(gateway.get("/v1/calls/" + Gateway.callId(answer)));
        assertThat(call.at("/request/file/sha256").asText())
                .isEqualTo(java.util.HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest(SPOKEN)));
        assertThat(call.at("/request/file/size_bytes").asInt()).isEqualTo(SPOKEN.length);
        assertThat(call.get("request").toString()).hasSizeLessThan(300);
    }

    @Test
    void whatCouldChangeTheTextIsAnotherCall() throws Exception {
        transcribe(SPOKEN, "a.wav", "model", "small");
        transcribe(SPOKEN, "a.wav", "model", "small", "language", "de");
        transcribe(sound(200_000, 2), "a.wav", "model", "small");
        assertThat(provider.calls()).isEqualTo(3);
        assertThat(Gateway.hit(transcribe(SPOKEN, "a.wav", "model", "small", "response_format", "json")))
                .isTrue();
    }

    @Test
    void theTextAloneIsToBeHad() throws Exception {
        HttpResponse<String> answer = transcribe(SPOKEN, "a.wav", "model", "small", "response_format", "text");
        assertThat(answer.body()).isEqualTo(StandInProvider.CONTENT);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
        assertThat(Gateway.json(transcribe(SPOKEN, "a.wav", "model", "small"))
                        .get("text")
                        .asText())
                .isEqualTo(StandInProvider.CONTENT);
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void theSameRecordingInFlightIsOneCall() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        provider.then(StandInProvider.after(release, StandInProvider::good));
        var first = start(form(SPOKEN, "a.wav", "model", "small"));
        var second = start(form(SPOKEN, "b.wav", "model", "small"));
        await().until(() -> provider.calls() == 1);
        release.countDown();
        assertThat(first.join().body()).isEqualTo(second.join().body());
        assertThat(provider.calls()).isEqualTo(1);
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of("half an answer", (StandInProvider.Behavior) StandInProvider::halfJson),
                Arguments.of("not JSON", StandInProvider.body("{\"text\": \"Hel")),
                Arguments.of("500", StandInProvider.status(500, "oops")),
                Arguments.of("429", StandInProvider.status(429, "{}", "Retry-After", "0")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void tryThatBringsNoTextIsTriedAgainWithAllBytes(String name, StandInProvider.Behavior behavior) throws Exception {
        provider.then(behavior);
        assertThat(transcribe(SPOKEN, "a.wav", "model", "small").statusCode()).isEqualTo(200);
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(provider.request(1).path("file").asText())
                .isEqualTo(provider.request(0).path("file").asText());
        assertThat(row("status, tries, attempt")).isEqualTo("(done,2,1)");
    }

    @Test
    void aBusyProviderIsPassedOnAndThenNothingIsKept() throws Exception {
        provider.always(StandInProvider.status(429, "{}", "Retry-After", "120"));
        HttpResponse<String> busy = transcribe(SPOKEN, "a.wav", "model", "small");
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(Gateway.code(busy)).isEqualTo("provider_busy");
        assertThat(busy.headers().firstValue("Retry-After")).hasValue("120");
        assertThat(row("status, tries")).isEqualTo("(failed,1)");
        provider.always(StandInProvider::good);
        assertThat(Gateway.hit(transcribe(SPOKEN, "a.wav", "model", "small"))).isFalse();
    }

    @Test
    void anAnswerWithoutTextIsRejectedAndSilenceIsNot() throws Exception {
        provider.then(StandInProvider.body("{\"segments\": []}"), StandInProvider.body("{\"text\": \"\"}"));
        assertThat(Gateway.json(transcribe(SPOKEN, "a.wav", "model", "small"))
                        .get("text")
                        .asText())
                .isEmpty();
        assertThat(database.text(ledger, "SELECT status FROM inference_calls ORDER BY attempt"))
                .isEqualTo("rejected,done");
    }

    @Test
    void anUnknownAliasIsToldTheOnesThereAre() throws Exception {
        HttpResponse<String> answer = transcribe(SPOKEN, "a.wav", "model", "transcribe");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Gateway.code(answer)).isEqualTo("model_not_found");
        assertThat(Gateway.json(answer).at("/error/message").asText())
                .isEqualTo("model 'transcribe' is not one of this gateway's: small");
        assertThat(provider.calls()).isZero();
    }

    @Test
    void formsThatAreNoneAreRefused() throws Exception {
        assertRefused(transcribe(SPOKEN, "a.wav"), "'model' is missing");
        assertRefused(transcribe(new byte[0], "a.wav", "model", "small"), "'file' is empty");
        assertRefused(transcribe(SPOKEN, "a.wav", "model", "small", "response_format", "srt"), "'srt'");
        assertRefused(transcribe(SPOKEN, "a.wav", "model", "small", "langauge", "en"), "did you mean 'language'?");
        assertRefused(transcribe(SPOKEN, "a.wav", "model", "small", "temperature", "hot"), "'hot' is no number");
        assertRefused(gateway.post(PATH, "{\"model\":\"small\"}"), "multipart/form-data");
        assertRefused(
                start(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8))
                        .join(),
                "'model' is missing");
        assertThat(provider.calls()).isZero();
    }

    private static void assertRefused(HttpResponse<String> answer, String message) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Gateway.json(answer).at("/error/message").asText()).contains(message);
    }

    @Test
    void aRecordingBeyondTheLimitIsRefusedBeforeItIsSent() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream()
                    .write(("POST " + PATH + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                    + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 30000000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 413")
                    .contains("longer than 25 MB")
                    .contains("request_too_large");
        }
    }

    @Test
    void aRecordingJustBeyondTheLimitIsRefusedAndOneJustWithinIsNot() throws Exception {
        HttpResponse<String> refused = transcribe(new byte[(25 << 20) + 1], "a.wav", "model", "small");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(Gateway.code(refused)).isEqualTo("request_too_large");
        assertThat(transcribe(new byte[25 << 20], "a.wav", "model", "small").statusCode())
                .isEqualTo(200);
        assertThat(provider.request(0).path("file").asText()).hasSize(25 << 20);
    }

    @Test
    void aRecordingOfUnknownLengthIsRefusedOnceItIsTooLong() throws Exception {
        HttpResponse<String> answer = gateway.start(
                        PATH,
                        java.net.http.HttpRequest.BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(form(new byte[30 << 20], "a.wav", "model", "small"))),
                        "multipart/form-data; boundary=" + BOUNDARY)
                .join();
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Gateway.code(answer)).isEqualTo("request_too_large");
    }

    @Test
    void noRecordingIsLeftBehind() throws Exception {
        long before = leftovers();
        transcribe(SPOKEN, "a.wav", "model", "small");
        transcribe(SPOKEN, "a.wav", "model", "none");
        provider.then(StandInProvider.status(400, "{}"));
        transcribe(sound(10, 3), "a.wav", "model", "small");
        await().untilAsserted(() -> assertThat(leftovers()).isEqualTo(before));
    }

    private static long leftovers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("millrace-audio"))
                    .count();
        }
    }
}
