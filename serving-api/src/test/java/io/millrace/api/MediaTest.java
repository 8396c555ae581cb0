package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.MediaLake.Stored;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lake's files over HTTP, on a real lake with lake-sql over it. */
class MediaTest {
    private static final byte[] NOTE = "0123456789".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LARGE = new byte[5 << 20];

    /** Found type, type served, disposition. */
    private static final String[][] TYPES = {
        {"image/png", "image/png", "inline"},
        {"image/webp", "image/webp", "inline"},
        {"application/pdf", "application/pdf", "inline"},
        {"audio/mpeg", "audio/mpeg", "inline"},
        {"audio/vnd.wave", "audio/vnd.wave", "inline"},
        {"text/plain; charset=ISO-8859-1", "text/plain;charset=iso-8859-1", "inline"},
        {"text/plain", "text/plain;charset=utf-8", "inline"},
        {"image/svg+xml", "image/svg+xml", "attachment"},
        {"text/html", "text/html;charset=utf-8", "attachment"},
        {"application/xhtml+xml", "application/xhtml+xml", "attachment"},
        {"text/xml", "text/xml;charset=utf-8", "attachment"},
        {"message/rfc822", "message/rfc822", "attachment"},
        {"text/javascript", "application/octet-stream", "attachment"},
        {"image/png\r\nX-Evil: 1", "application/octet-stream", "attachment"},
        {"none", "application/octet-stream", "attachment"}
    };

    /** Name, plain name, encoded name. */
    private static final String[][] NAMES = {
        {"a b.png", "a b.png", "a%20b.png"},
        {"a\"; filename=\"b.html", "a__ filename__b.html", "a%22%3B%20filename%3D%22b.html"},
        {"x\r\nSet-Cookie: a=b", "x__Set-Cookie_ a_b", "x__Set-Cookie%3A%20a%3Db"},
        {"../../etc/passwd", "__.._etc_passwd", "__.._etc_passwd"},
        {"účet €😀.pdf", "__et __.pdf", "%C3%BA%C4%8Det%20%E2%82%AC%F0%9F%98%80.pdf"},
        {"receipt\u202Egnp.exe", "receipt_gnp.exe", "receipt_gnp.exe"},
        {"100%25*.png", "100_25_.png", "100%2525%2A.png"},
        {"\u0007", "_", "_"},
        {"x".repeat(300) + ".png", "x".repeat(146) + ".png", "x".repeat(146) + ".png"}
    };

    @TempDir
    static Path folder;

    private static MediaLake lake;
    private static Api api;
    private static String note;
    private static String large;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        new Random(5).nextBytes(LARGE);
        lake = new MediaLake(folder);
        note = MediaLake.id(NOTE);
        large = MediaLake.id(LARGE);
        lake.add(
                new Stored(NOTE, "text/plain", "note.txt"),
                new Stored(LARGE, "image/jpeg", "photo.jpg"),
                new Stored(new byte[0], "text/plain", "empty.txt"));
        lake.add(Arrays.stream(TYPES)
                .map(type -> new Stored(bytes(type[0]), type[0], "a"))
                .toArray(Stored[]::new));
        lake.add(Arrays.stream(NAMES)
                .map(name -> new Stored(bytes(name[0]), "image/png", name[0]))
                .toArray(Stored[]::new));
        Path app = folder.resolve("app");
        Api.endpoint(app, "one", "-- GET /v1/one", "SELECT 1 AS one");
        api = new Api(ApiSettings.of(
                app,
                Map.of(
                        "SQL_URL",
                        lake.sqlUrl(),
                        "SQL_PASSWORD",
                        MediaLake.PASSWORD,
                        "WAREHOUSE",
                        lake.uri(),
                        "DATA_DIRECTORY",
                        folder.resolve("data"))));
        await().until(() -> api.get("/ready").statusCode() == 200);
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        lake.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        return send("GET", path, headers);
    }

    private HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.server.port() + "/v1/media/" + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        return client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    private static String code(HttpResponse<byte[]> response) throws Exception {
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        return new ObjectMapper().readTree(response.body()).get("code").asText();
    }

    @Test
    void aFileComesBackAsItWas() throws Exception {
        HttpResponse<byte[]> response = get(large, "Accept-Encoding", "gzip");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(MediaLake.id(response.body())).isEqualTo(large);
        assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(LARGE.length));
        assertThat(header(response, "Content-Type")).isEqualTo("image/jpeg");
        assertThat(header(response, "Content-Disposition"))
                .isEqualTo("inline; filename=\"photo.jpg\"; filename*=UTF-8''photo.jpg");
        assertThat(header(response, "ETag")).isEqualTo('"' + large + '"');
        assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(response, "Cache-Control")).isEqualTo("private, max-age=31536000, immutable");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    }

    @Test
    void headHasTheHeadersAlone() throws Exception {
        HttpResponse<byte[]> response = send("HEAD", large, "Range", "bytes=0-9");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(LARGE.length));
        assertThat(header(response, "Content-Type")).isEqualTo("image/jpeg");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, bytes 0-0/10",
        "bytes=2-4, 234, bytes 2-4/10",
        "bytes=7-, 789, bytes 7-9/10",
        "bytes=9-9, 9, bytes 9-9/10",
        "bytes=8-99999999999999999999, 89, bytes 8-9/10",
        "bytes=-3, 789, bytes 7-9/10",
        "bytes=-10, 0123456789, bytes 0-9/10",
        "bytes=-99, 0123456789, bytes 0-9/10",
        "Bytes= 1-1, 1, bytes 1-1/10"
    })
    void oneRangeIsServedAlone(String range, String bytes, String contentRange) throws Exception {
        HttpResponse<byte[]> response = get(note, "Range", range);
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(bytes);
        assertThat(header(response, "Content-Range")).isEqualTo(contentRange);
        assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(bytes.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,3-4", "bytes=4-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes 0-1"})
    void whatIsNotOneRangeGetsTheWhole(String range) throws Exception {
        HttpResponse<byte[]> response = get(note, "Range", range);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(NOTE);
        assertThat(header(response, "Content-Range")).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=99999999999999999999-", "bytes=-0"})
    void aRangeOfNoByteIsRefused(String range) throws Exception {
        HttpResponse<byte[]> response = get(note, "Range", range);
        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "Content-Range")).isEqualTo("bytes */10");
        assertThat(code(response)).isEqualTo("range_not_satisfiable");
    }

    @Test
    void aRangeInTheMiddleOfALargeFileIsItsOwnBytes() throws Exception {
        HttpResponse<byte[]> response = get(large, "Range", "bytes=4000000-4099999");
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(LARGE, 4_000_000, 4_100_000));
    }

    @Test
    void aRangeCountsOnlyForTheSameFile() throws Exception {
        assertThat(get(note, "Range", "bytes=0-1", "If-Range", '"' + note + '"').statusCode())
                .isEqualTo(206);
        assertThat(get(note, "Range", "bytes=0-1", "If-Range", '"' + large + '"')
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(note, "Range", "bytes=0-1", "If-Range", "W/\"" + note + '"')
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(note, "Range", "bytes=0-1", "If-Range", "Sat, 31 Jan 2026 08:00:00 GMT")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoHasTheFileGetsNoBytes() throws Exception {
        for (String tags : new String[] {'"' + note + '"', "\"x\", W/\"" + note + '"', "*"}) {
            HttpResponse<byte[]> response = get(note, "If-None-Match", tags, "Range", "bytes=0-1");
            assertThat(response.statusCode()).isEqualTo(304);
            assertThat(response.body()).isEmpty();
            assertThat(header(response, "ETag")).isEqualTo('"' + note + '"');
        }
        assertThat(get(note, "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyWhatCannotRunIsShown() throws Exception {
        for (String[] type : TYPES) {
            HttpResponse<byte[]> response = get(MediaLake.id(bytes(type[0])));
            assertThat(response.statusCode()).as(type[0]).isEqualTo(200);
            assertThat(header(response, "Content-Type")).isEqualTo(type[1]);
            assertThat(header(response, "Content-Disposition")).as(type[0]).startsWith(type[2] + ";");
            assertThat(header(response, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
            assertThat(header(response, "X-Evil")).isEqualTo("none");
        }
    }

    @Test
    void aNameIsSafeWhateverItHolds() throws Exception {
        for (String[] name : NAMES) {
            HttpResponse<byte[]> response = get(MediaLake.id(bytes(name[0])));
            assertThat(header(response, "Content-Disposition"))
                    .isEqualTo("inline; filename=\"" + name[1] + "\"; filename*=UTF-8''" + name[2]);
            assertThat(header(response, "Set-Cookie")).isEqualTo("none");
        }
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        String empty = MediaLake.id(new byte[0]);
        HttpResponse<byte[]> response = get(empty);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "Content-Length")).isEqualTo("0");
        HttpResponse<byte[]> range = get(empty, "Range", "bytes=0-");
        assertThat(range.statusCode()).isEqualTo(416);
        assertThat(header(range, "Content-Range")).isEqualTo("bytes */0");
    }

    @Test
    void aFileThatWasNotReadYetIsADownloadNobodyKeeps() throws Exception {
        String id = lake.addUnread("not read".getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> response = get(id);
        assertThat(response.body()).asString().isEqualTo("not read");
        assertThat(header(response, "Content-Type")).isEqualTo("application/octet-stream");
        assertThat(header(response, "Content-Disposition")).startsWith("attachment; filename=\"" + id + "\"");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void callersWhoLeaveHoldNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
                socket.getOutputStream()
                        .write(("GET /v1/media/" + large + " HTTP/1.1\r\nHost: x\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                assertThat(in.readNBytes(1000)).asString().startsWith("HTTP/1.1 200");
                socket.setSoLinger(true, 0);
            }
        }
        assertThat(get(large).statusCode()).isEqualTo(200);
    }

    @Test
    void slowCallersLeaveRoomForOthers() throws Exception {
        Socket[] sockets = new Socket[16];
        try {
            for (int i = 0; i < sockets.length; i++) {
                sockets[i] = new Socket(InetAddress.getLoopbackAddress(), api.server.port());
                sockets[i].setReceiveBufferSize(4096);
                sockets[i]
                        .getOutputStream()
                        .write(("GET /v1/media/" + large + " HTTP/1.1\r\nHost: x\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(sockets[i].getInputStream().readNBytes(8)).asString().isEqualTo("HTTP/1.1");
            }
            HttpResponse<byte[]> refused = get(large);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(code(refused)).isEqualTo("too_many_requests");
            assertThat(api.get("/v1/one").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : sockets) {
                if (socket != null) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            }
        }
        await().until(() -> get(large).statusCode() == 200);
    }

    @Test
    void idsThatAreNoneAreRefused() throws Exception {
        for (String id : new String[] {"x", note.toUpperCase(java.util.Locale.ROOT), note + "0", "%2e%2e%2fapp.yaml"}) {
            HttpResponse<byte[]> response = get(id);
            assertThat(response.statusCode()).as(id).isEqualTo(400);
        }
        assertThat(code(get("x"))).isEqualTo("invalid_parameter");
        HttpResponse<byte[]> unknown = get("0".repeat(64));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(code(unknown)).isEqualTo("not_found");
    }

    @Test
    void aThumbnailIsServedToo() throws Exception {
        byte[] image = {(byte) 0xff, (byte) 0xd8, 0, 1, (byte) 0x80};
        lake.addThumbnail(large, image);
        HttpResponse<byte[]> response = get(large + "/thumbnail");
        assertThat(response.body()).isEqualTo(image);
        assertThat(header(response, "Content-Type")).isEqualTo("image/jpeg");
        assertThat(header(response, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(get(large + "/thumbnail", "If-None-Match", header(response, "ETag"))
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<byte[]> none = get(note + "/thumbnail");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(code(none)).isEqualTo("not_found");
    }

    @Test
    void withoutALakeThereIsNoMedia() throws Exception {
        try (Api off = new Api(Api.settings(folder.resolve("app"), lake.sqlUrl()))) {
            for (String path : new String[] {note, note + "/thumbnail", "x"}) {
                HttpResponse<String> response = off.get("/v1/media/" + path);
                assertThat(response.statusCode()).isEqualTo(404);
                assertThat(Api.json(response).get("code").asText()).isEqualTo("media_not_set_up");
            }
            assertThat(off.get("/openapi.json").body()).doesNotContain("/v1/media");
        }
    }

    @Test
    void openApiDescribesIt() throws Exception {
        JsonNode document = Api.json(api.get("/openapi.json"));
        JsonNode content = document.get("paths").get("/v1/media/{id}").get("get");
        assertThat(content.get("responses").properties())
                .extracting(java.util.Map.Entry::getKey)
                .contains("200", "206", "304", "404", "416", "503");
        assertThat(content.at("/responses/200/content").has("*/*")).isTrue();
        assertThat(content.get("parameters").findValuesAsText("name"))
                .containsExactly("id", "If-None-Match", "Range", "If-Range");
        assertThat(document.get("paths").has("/v1/media/{id}/thumbnail")).isTrue();
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asText().substring(1)).isObject()).isTrue();
        }
        assertThat(Api.json(api.get("/")).get("endpoints").findValuesAsText("path"))
                .contains("/v1/media/{id}", "/v1/media/{id}/thumbnail");
    }
}
