package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The shop's files, from the folder they lie in to the lake, the API, search and the agent. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MediaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READ = Duration.ofMinutes(6);
    private static final Duration TRIAGE = Duration.ofMinutes(5);
    private static final String PHOTO = "tickets/308/photo of the receipt.jpg";
    private static final String ORDER_IN_THE_PHOTO = "105471";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static Path seed;
    private static List<InboxFile> files;
    private static RunningPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        Path app = Folders.shop(folder.resolve("shop"), 1);
        // Five hundred reviews to embed would take the model's time, and nothing here searches them.
        Folders.replace(app.resolve("app.yaml"), Folders.line(app.resolve("app.yaml"), "  reviews:"), "");
        seed = app.resolve("seed");
        files = InboxFile.all(seed.resolve("inbox.csv"));
        platform = RunningPlatform.start(app, folder.resolve("data"), "0");
    }

    @AfterAll
    static void stop() throws Exception {
        platform.close();
    }

    @Test
    @Order(1)
    void everySeedFileIsInTheLakeByItsHash() throws Exception {
        Map<String, String> expected = files.stream().collect(Collectors.toMap(InboxFile::path, InboxFile::sha256));
        await().atMost(READ)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(pairs("SELECT path, media_id FROM lake.media.files"))
                        .containsAllEntriesOf(expected));
        assertThat(platform.column("SELECT media_id FROM lake.media.contents"))
                .doesNotHaveDuplicates()
                .containsAll(expected.values());
    }

    @Test
    @Order(2)
    void theirBytesComeBackByTheApiAndBehindTheDescriptorOfSql() throws Exception {
        Map<String, String> descriptors = pairs("SELECT media_id, content FROM lake.media.contents");
        HttpClient http = HttpClient.newHttpClient();
        for (String mediaId : new TreeSet<>(descriptors.keySet())) {
            assertThat(sha256(behind(JSON.readTree(descriptors.get(mediaId))))).isEqualTo(mediaId);
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(uri("/v1/media/" + mediaId)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(sha256(answer.body())).isEqualTo(mediaId);
        }
    }

    @Test
    @Order(3)
    void everyContentIsReadOrRefusedWithItsReason() throws Exception {
        await().atMost(READ)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(platform.column("SELECT media_id FROM lake.media.documents"))
                        .containsExactlyInAnyOrderElementsOf(
                                platform.column("SELECT media_id FROM lake.media.contents")));
        Map<String, String> refused = pairs(
                "SELECT f.path, d.reason FROM lake.media.documents d JOIN lake.media.files f ON f.media_id = d.media_id"
                        + " WHERE d.status = 'refused'");
        assertThat(refused)
                .containsKeys("broken/encrypted.pdf", "broken/huge.png", "broken/truncated.pdf")
                .doesNotContainValue(null);
        assertThat(refused.get("broken/encrypted.pdf")).contains("password");
        assertThat(refused.get("broken/huge.png")).contains("50,000 x 50,000");
        Set<String> whole = files.stream()
                .filter(file -> !file.path().startsWith("broken/"))
                .map(InboxFile::path)
                .collect(Collectors.toSet());
        assertThat(refused.keySet()).doesNotContainAnyElementsOf(whole);
        assertThat(platform.column("SELECT event FROM lake.ops.dead_letters"))
                .containsAll(platform.column("SELECT media_id FROM lake.media.documents WHERE status = 'refused'"));
        assertThat(platform.healthy()).isTrue();
    }

    @Test
    @Order(4)
    void textOfPdfsIsExactAndOfCleanReceiptsNearlyAllWords() throws Exception {
        Map<String, String> texts = pairs("SELECT media_id, text FROM lake.media.documents WHERE text_from = 'text'");
        Map<String, String> recognised =
                pairs("SELECT media_id, text FROM lake.media.documents WHERE text_from = 'ocr'");
        // RapidOCR knows no accents, and of the German receipt 93 % of the words.
        boolean accents =
                platform.column("SELECT DISTINCT reader FROM lake.media.documents WHERE text_from = 'ocr'").stream()
                        .noneMatch(reader -> reader.contains("rapidocr"));
        int exact = 0;
        int receipts = 0;
        for (InboxFile file : files) {
            if (file.text().isEmpty()) {
                continue;
            }
            String expected = Files.readString(seed.resolve("inbox-text").resolve(file.text()));
            if (file.kind().equals("pdf") && texts.containsKey(file.sha256())) {
                assertThat(words(texts.get(file.sha256()))).as(file.path()).isEqualTo(words(expected));
                exact++;
            } else if (file.what().equals("receipt") || file.what().equals("slip")) {
                assertThat(share(plain(recognised.getOrDefault(file.sha256(), ""), accents), plain(expected, accents)))
                        .as(file.path())
                        .isGreaterThanOrEqualTo(accents ? 0.95 : 0.9);
                receipts++;
            }
        }
        System.out.println(exact + " PDFs exact, " + receipts + " receipts with nearly all words");
        assertThat(exact).isGreaterThanOrEqualTo(15);
        assertThat(receipts).isGreaterThanOrEqualTo(6);
    }

    @Test
    @Order(5)
    void ticketsAndDocumentsAreFoundByWordsAndByMeaning() throws Exception {
        await().atMost(READ)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(found("documents", "text", "router manual")).contains("guides/router manual.pdf");
                    assertThat(found("documents", "text", ORDER_IN_THE_PHOTO)).contains(PHOTO);
                    assertThat(found("tickets", "hybrid", "fire detector wakes the children"))
                            .contains("240");
                    assertThat(found("tickets", "vector", "fire detector wakes the children"))
                            .contains("240");
                });
    }

    @Test
    @Order(6)
    void thePhotographedOrderNumberChangesTheTriage() throws Exception {
        platform.atSource("INSERT INTO tickets (ticket_id, customer_id, subject, body, channel, status, created_at,"
                + " updated_at) SELECT 9001, customer_id, 'Where is my parcel?', 'The parcel has not arrived yet. I"
                + " took a photo of the receipt.', 'web', 'open', now(), now() FROM orders WHERE order_id = "
                + ORDER_IN_THE_PHOTO);
        String triage = "SELECT concat(coalesce(order_id, 0), ' ', coalesce(order_status, '-'))"
                + " FROM lake.shop.ticket_triage WHERE ticket_id = 9001";
        await().atMost(TRIAGE).ignoreExceptions().untilAsserted(() -> assertThat(platform.column(triage))
                .containsExactly("0 -"));
        Path inbox = platform.data.root().resolve("inbox/tickets/9001");
        Files.createDirectories(inbox);
        Files.copy(seed.resolve("inbox").resolve(PHOTO), inbox.resolve("IMG_0001.jpg"));
        String status = platform.column("SELECT status FROM lake.shop.orders WHERE order_id = " + ORDER_IN_THE_PHOTO)
                .get(0);
        await().atMost(TRIAGE).ignoreExceptions().untilAsserted(() -> assertThat(platform.column(triage))
                .containsExactly(ORDER_IN_THE_PHOTO + " " + status));
        assertThat(platform.column("SELECT _input_version FROM lake.shop.ticket_triage_history WHERE ticket_id = 9001"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    @Order(7)
    void whatAFileHoldsCannotRunInABrowser() throws Exception {
        for (String path : List.of("broken/script.svg", "broken/page.html")) {
            HttpResponse<String> answer = platform.get("/v1/media/" + of(path).sha256());
            assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                    .startsWith("attachment");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'");
        }
        assertThat(platform.get("/v1/media/" + of(PHOTO).sha256() + "/thumbnail")
                        .headers()
                        .firstValue("Content-Type"))
                .contains("image/jpeg");
    }

    @Test
    @Order(8)
    void theNotebooksRun() throws Exception {
        for (String notebook : List.of("explore", "multimodal")) {
            Path output = folder.resolve(notebook + ".out");
            ProcessBuilder run = new ProcessBuilder(
                            "python3",
                            Cli.HOME.resolve("notebooks/run.py").toString(),
                            Cli.HOME.resolve("build/notebooks").toString(),
                            Cli.HOME.resolve("notebooks/" + notebook + ".ipynb").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            run.environment().put("MILLRACE_DATA", platform.data.root().toString());
            run.environment().put("MILLRACE_SQL_PORT", String.valueOf(platform.ports.lakeSql()));
            run.environment().put("MILLRACE_API", uri("").toString());
            assertThat(run.start().waitFor())
                    .as(notebook + ": " + Files.readString(output))
                    .isZero();
        }
    }

    private static InboxFile of(String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> found(String index, String mode, String query) throws Exception {
        HttpResponse<String> answer = platform.get(
                "/v1/search?in=" + index + "&mode=" + mode + "&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("results").findValuesAsText("key");
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + platform.ports.servingApi() + path);
    }

    private static Map<String, String> pairs(String sql) throws SQLException {
        Map<String, String> pairs = new HashMap<>();
        try (Connection connection = platform.databases().connectToLake();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                pairs.put(rows.getString(1), rows.getString(2));
            }
        }
        return pairs;
    }

    private static byte[] behind(JsonNode descriptor) throws IOException {
        byte[] bytes = new byte[descriptor.path("length").asInt()];
        try (RandomAccessFile file = new RandomAccessFile(
                Path.of(URI.create(descriptor.path("uri").asText())).toFile(), "r")) {
            file.seek(descriptor.path("offset").asLong());
            file.readFully(bytes);
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).toList();
    }

    private static String plain(String text, boolean accents) {
        return accents ? text : Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    }

    /** Share of the expected words that are there. */
    private static double share(String text, String expected) {
        List<String> there = new ArrayList<>(words(text));
        List<String> wanted = words(expected);
        return wanted.stream().filter(there::remove).count() / (double) wanted.size();
    }
}
