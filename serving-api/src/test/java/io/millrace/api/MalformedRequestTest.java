package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedRequestTest {
    @TempDir
    static Path app;

    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        Api.endpoint(app, "text", "-- GET /v1/text", "-- param s STRING = 'all'", "SELECT :s");
        api = new Api(Api.settings(app, "jdbc:mysql://127.0.0.1:" + MariaDb.freePort() + "/"));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void malformedQueryIsRefusedAndNotTakenForAnAbsentParameter() throws Exception {
        assertThat(raw("GET /v1/text?s=%zz HTTP/1.1"))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"bad_request\"", "write it as %25");
        assertThat(raw("GET /v1/text?s=%ff HTTP/1.1"))
                .startsWith("HTTP/1.1 400")
                .contains("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/%zz HTTP/1.1", "GET /v1/text HTTP/9.9", "GET"})
    void malformedHttpIsAnsweredWithAProblemToo(String requestLine) throws Exception {
        assertThat(raw(requestLine))
                .contains("application/problem+json", "\"instance\":\"/\"")
                .doesNotContain("<html");
    }

    @Test
    void tooLongAnAddressIsRefused() throws Exception {
        HttpResponse<String> response = api.get("/v1/text?s=" + "x".repeat(20_000));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Api.json(response).get("code").asText()).isEqualTo("bad_request");
    }

    private static String raw(String requestLine) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
