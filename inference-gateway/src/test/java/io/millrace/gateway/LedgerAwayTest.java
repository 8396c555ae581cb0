package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The ledger goes away and comes back; a server of its own. */
class LedgerAwayTest {
    @Test
    void callsAreRefusedWhileItIsAwayAndPaidAnswersWaitForIt() throws Exception {
        LedgerDatabase database = new LedgerDatabase();
        String ledger = database.create();
        try (StandInProvider provider = new StandInProvider();
                Gateway gateway = new Gateway(ledger, provider.url())) {
            assertThat(gateway.chat("known").statusCode()).isEqualTo(200);

            CountDownLatch release = new CountDownLatch(1);
            provider.then(StandInProvider.after(release, StandInProvider::good));
            CompletableFuture<HttpResponse<String>> paid =
                    gateway.start("/v1/chat/completions", Gateway.request("paid", ""));
            await().until(() -> provider.calls() == 2);
            database.stop();
            release.countDown();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.get("/ready").statusCode() == 503);
            HttpResponse<String> refused = gateway.chat("new");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(Gateway.code(refused)).isEqualTo("ledger_unavailable");
            assertThat(Gateway.hit(gateway.chat("known"))).isTrue();
            assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
            assertThat(provider.calls()).isEqualTo(2);
            assertThat(paid.isDone()).isFalse();

            database.start();
            assertThat(paid.join().statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.get("/ready").statusCode() == 200);
            assertThat(gateway.chat("new").statusCode()).isEqualTo(200);
            assertThat(Gateway.hit(gateway.chat("paid"))).isTrue();
            assertThat(provider.calls()).isEqualTo(3);
        }
    }
}
