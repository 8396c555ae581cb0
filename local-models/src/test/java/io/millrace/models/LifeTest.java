package io.millrace.models;

import static io.millrace.models.RunningModels.body;
import static io.millrace.models.RunningModels.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.models.RunningModels.Client;
import io.millrace.service.SettingsException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeTest {
    private static final String ENDLESS =
            body(user("Tell me a story.") + ", 'max_tokens': 900, 'logit_bias': {'2': -100}");

    @Test
    void requestsAreRefusedWhileLoadingAndWhenTooManyWaitAndWhenEnding() throws Exception {
        LocalModels server = LocalModels.start(RunningModels.settings(1));
        Client client = new Client(server);
        List<CompletableFuture<HttpResponse<String>>> requests;
        try {
            HttpResponse<String> loading = client.get("/health");
            assertThat(loading.statusCode()).isEqualTo(503);
            assertThat(loading.body()).isEqualTo("{\"status\":\"loading\"}");
            HttpResponse<String> early = client.post("/v1/embeddings", "{}");
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.headers().firstValue("Retry-After")).contains("1");
            assertThat(early.body()).contains("not_ready");

            server.awaitLoaded();
            assertThat(client.get("/health").body()).isEqualTo("{\"status\":\"ready\"}");

            // One is computed, one waits, the third is refused.
            requests = IntStream.range(0, 3)
                    .mapToObj(i -> client.postLater("/v1/chat/completions", ENDLESS))
                    .toList();
            HttpResponse<String> refused = await().atMost(Duration.ofSeconds(20))
                    .until(() -> finished(requests), Optional::isPresent)
                    .orElseThrow();
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(refused.body()).contains("too_many_requests", "1 requests wait");
            assertThat(client.get("/metrics").body())
                    .contains("model_waiting{kind=\"chat\"} 1.0")
                    .contains("outcome=\"too_many_requests\"");
        } finally {
            server.close();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> requests.stream().allMatch(CompletableFuture::isDone));
        assertThat(requests).filteredOn(request -> status(request) == 200).isEmpty();
    }

    private static Optional<HttpResponse<String>> finished(List<CompletableFuture<HttpResponse<String>>> requests) {
        return requests.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .findFirst();
    }

    private static int status(CompletableFuture<HttpResponse<String>> request) {
        return request.isCompletedExceptionally() ? 0 : request.join().statusCode();
    }

    @Test
    void missingOrWrongFileIsAnErrorThatNamesIt(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("missing.gguf");
        assertThatThrownBy(() -> LocalModels.start(settings(missing, "")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(missing + ": no such file")
                .hasMessageContaining("fetch-packages.py");
        Path wrong = Files.writeString(folder.resolve("wrong.gguf"), "<html>");
        assertThatThrownBy(() -> LocalModels.start(settings(wrong, "")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(wrong + " is not a GGUF file");
    }

    @Test
    void fileWithAnotherDigestIsNotLoaded() throws Exception {
        try (LocalModels server = LocalModels.start(settings(Path.of(RunningModels.chatModel()), "0".repeat(64)))) {
            assertThatThrownBy(server::awaitLoaded)
                    .hasMessageContaining("b179c9523d0e6a0f")
                    .hasMessageContaining("chatModelSha256");
            HttpResponse<String> health = new Client(server).get("/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).isEqualTo("{\"status\":\"failed\"}");
        }
    }

    /** The native library's threads must not keep a program alive whose parent has closed its input. */
    @Test
    void programEndsWithItsParentThoughItComputes(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                LocalModels.class.getName());
        builder.environment().put("MILLRACE_SUPERVISED", "true");
        builder.environment().put("MILLRACE_LOCAL_MODELS_PORT", "0");
        builder.environment().put("MILLRACE_LOCAL_MODELS_CHAT_MODEL", RunningModels.chatModel());
        Process program =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(out).contains("models loaded"));
            String listening = Files.readString(out)
                    .lines()
                    .filter(line -> line.contains("Listening on"))
                    .findFirst()
                    .orElseThrow();
            var http = HttpClient.newHttpClient();
            http.sendAsync(
                    HttpRequest.newBuilder(URI.create(
                                    listening.replaceFirst(".*(http://\\S+?)/?$", "$1") + "/v1/chat/completions"))
                            .POST(HttpRequest.BodyPublishers.ofString(ENDLESS))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Files.readString(out).contains("chat request 1"));
            program.getOutputStream().close();
            assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isZero();
            assertThat(Files.readString(out)).contains("local-models ended").doesNotContain("ERROR");
        } finally {
            program.destroyForcibly();
        }
    }

    private static LocalModelsSettings settings(Path file, String sha256) {
        return new LocalModelsSettings("127.0.0.1", 0, file.toString(), sha256, 1, 1024, 256, 8, 0.2);
    }
}
