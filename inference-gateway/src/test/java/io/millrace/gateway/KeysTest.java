package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.SettingsException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys: asked for, sent on, never shown. */
class KeysTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String OURS = "gateway-key-never-shown";
    private static final String THEIRS = "provider-key-never-shown";

    @Test
    void keyIsAskedForAndTheProvidersKeyIsSeenByTheProviderAlone() throws Exception {
        LedgerDatabase database = LedgerDatabase.shared();
        String ledger = database.create();
        try (StandInProvider provider = new StandInProvider();
                Gateway gateway = new Gateway(
                        Gateway.settings(ledger, provider.url(), OURS, "PROVIDER_KEY", 4),
                        Map.of("PROVIDER_KEY", THEIRS))) {
            String request = Gateway.request("hello", "");
            for (String[] headers : new String[][] {{}, {"Authorization", "Bearer wrong"}}) {
                HttpResponse<String> refused = gateway.post(CHAT, request, headers);
                assertThat(refused.statusCode()).isEqualTo(401);
                assertThat(Gateway.code(refused)).isEqualTo("invalid_api_key");
            }
            assertThat(gateway.get("/v1/models").statusCode()).isEqualTo(401);
            assertThat(gateway.get("/metrics").statusCode()).isEqualTo(200);
            assertThat(provider.calls()).isZero();

            String[] ours = {"Authorization", "Bearer " + OURS};
            provider.then(
                    (exchange, body) -> StandInProvider.send(
                            exchange,
                            401,
                            "{\"error\":\"" + exchange.getRequestHeaders().getFirst("Authorization") + "\"}"),
                    (exchange, body) -> StandInProvider.send(
                            exchange,
                            200,
                            StandInProvider.answer(exchange.getRequestHeaders().getFirst("Authorization"))));
            HttpResponse<String> refusal = gateway.post(CHAT, request, ours);
            assertThat(refusal.body()).isEqualTo("{\"error\":\"Bearer ***\"}");
            HttpResponse<String> answer = gateway.post(CHAT, request, ours);
            assertThat(Gateway.content(answer)).isEqualTo("Bearer ***");
            String recorded = database.text(
                            ledger,
                            "SELECT c::text || b::text FROM inference_calls c"
                                    + " JOIN inference_bodies b USING (call_id)")
                    + gateway.get("/v1/calls/" + Gateway.callId(answer), ours).body()
                    + gateway.get("/metrics").body();
            assertThat(recorded).contains("***").doesNotContain(THEIRS).doesNotContain(OURS);
        }
    }

    @Test
    void settingsDoNotShowKeys() {
        InferenceGatewaySettings settings =
                Gateway.settings("jdbc:postgresql://127.0.0.1/x", "http://127.0.0.1/v1", OURS, "PROVIDER_KEY", 4);
        assertThat(settings.toString()).doesNotContain(OURS).doesNotContain(LedgerDatabase.PASSWORD);
        assertThatThrownBy(() -> InferenceGateway.start(settings, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("PROVIDER_KEY");
    }
}
