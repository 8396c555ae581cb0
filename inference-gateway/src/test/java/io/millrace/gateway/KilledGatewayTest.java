package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a JVM of its own, killed while a call is in flight. */
class KilledGatewayTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @Test
    void callInFlightAtAKillIsAbandonedAndPaidAgainOnce(@TempDir Path folder) throws Exception {
        LedgerDatabase database = LedgerDatabase.shared();
        String ledger = database.create();
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        CountDownLatch release = new CountDownLatch(1);
        try (StandInProvider provider = new StandInProvider()) {
            Path settings = Files.writeString(
                    folder.resolve("settings.yaml"),
                    "port: " + port + "\nledgerUrl: " + ledger + "\nledgerPassword: " + LedgerDatabase.PASSWORD
                            + "\nmodels: {small: {url: \"" + provider.url() + "\", model: " + StandInProvider.MODEL
                            + "}}\n");
            provider.then(StandInProvider::good, StandInProvider.after(release, StandInProvider::good));
            Process first = start(settings, folder);
            assertThat(chat("finished").statusCode()).isEqualTo(200);
            var cut = client.sendAsync(request("in flight"), HttpResponse.BodyHandlers.ofString());
            await().until(() -> provider.calls() == 2);
            first.destroyForcibly().waitFor();
            assertThat(cut).failsWithin(Duration.ofSeconds(10));

            Process second = start(settings, folder);
            try {
                await().untilAsserted(() -> assertThat(
                                database.text(ledger, "SELECT status FROM inference_calls ORDER BY call_id"))
                        .isEqualTo("done,abandoned"));
                assertThat(Gateway.hit(chat("finished"))).isTrue();
                assertThat(Gateway.hit(chat("in flight"))).isFalse();
                assertThat(Gateway.hit(chat("in flight"))).isTrue();
                assertThat(provider.calls()).isEqualTo(3);
                assertThat(Files.readString(folder.resolve("gateway.log")))
                        .doesNotContain(LedgerDatabase.PASSWORD)
                        .contains("abandoned");
            } finally {
                second.getOutputStream().close();
                assertThat(second.waitFor()).isZero();
            }
        } finally {
            release.countDown();
        }
    }

    private Process start(Path settings, Path folder) throws Exception {
        Process process = LedgerDatabase.run(InferenceGateway.class.getName(), settings, folder.resolve("gateway.log"));
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() ->
                        client.send(HttpRequest.newBuilder(uri("/ready")).build(), HttpResponse.BodyHandlers.ofString())
                                        .statusCode()
                                == 200);
        return process;
    }

    private HttpResponse<String> chat(String message) throws Exception {
        return client.send(request(message), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String message) {
        return HttpRequest.newBuilder(uri("/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(Gateway.request(message, "")))
                .build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
