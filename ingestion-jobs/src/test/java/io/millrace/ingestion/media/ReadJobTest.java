package io.millrace.ingestion.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.millrace.ingestion.media.Shelf.Letter;
import io.millrace.ingestion.media.Shelf.Read;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a cluster in this process, with the real reader as a process beside it. */
class ReadJobTest {
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    Path root;

    private static MiniCluster cluster;

    private final List<JobID> jobs = new ArrayList<>();
    private Shelf shelf;
    private ReaderProcess reader;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .withRandomPorts()
                .build());
        cluster.start();
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void start() throws Exception {
        shelf = new Shelf(root);
        reader = new ReaderProcess(root);
    }

    @AfterEach
    void stop() throws Exception {
        for (JobID job : jobs) {
            cluster.cancelJob(job).get();
            await().until(() -> cluster.getJobStatus(job).get().isGloballyTerminalState());
        }
        reader.close();
    }

    @Test
    void contentsAreReadWhenTheReaderComes() throws Exception {
        byte[] png = png();
        List<String> ids = shelf.add(List.of(png, text("Order 100234"), new byte[0], Arrays.copyOf(png, 60)));
        JobID job = submit("http://127.0.0.1:1/v1", "");
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> cluster.getJobStatus(job).get().name().equals("RUNNING"));
        reader.start(60);
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> shelf.documents().size() == 4);
        Map<String, Read> documents = shelf.documents();
        assertThat(documents.get(ids.get(0)).kind()).isEqualTo("image");
        assertThat(documents.get(ids.get(1)).text()).isEqualTo("Order 100234");
        assertThat(documents.get(ids.get(1)).textFrom()).isEqualTo("text");
        assertThat(documents.get(ids.get(2)).status()).isEqualTo("read");
        Read refused = documents.get(ids.get(3));
        assertThat(refused.status()).isEqualTo("refused");
        assertThat(refused.reason()).startsWith("the image/png image is damaged: ");
        assertThat(shelf.thumbnails()).containsOnlyKeys(ids.get(0));
        assertThat(shelf.thumbnails().get(ids.get(0))).startsWith(0xff, 0xd8);
        assertThat(shelf.deadLetters()).containsExactly(new Letter("media.contents", ids.get(3), refused.reason()));
        List<String> later = shelf.add(List.of(text("a later one")));
        await().atMost(LONG).pollInterval(Duration.ofMillis(500)).until(() -> shelf.documents()
                .containsKey(later.get(0)));
    }

    @Test
    void contentThatEndsTheReaderIsWrittenOffAndTheOthersAreRead() throws Exception {
        reader.start(3);
        List<String> ids = shelf.add(List.of(text("one"), slowPdf(), text("two"), text("three")));
        submit("http://127.0.0.1:1/v1", "");
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> shelf.documents().size() == 4);
        Map<String, Read> documents = shelf.documents();
        for (int good : List.of(0, 2, 3)) {
            assertThat(documents.get(ids.get(good)).status()).isEqualTo("read");
        }
        Read written = documents.get(ids.get(1));
        assertThat(written.status()).isEqualTo("refused");
        assertThat(written.reason()).startsWith("the reader ended while reading it (2 times: ");
        assertThat(reader.starts.get()).as("starts of the reader").isEqualTo(3);
        assertThat(shelf.deadLetters()).containsExactly(new Letter("media.contents", ids.get(1), written.reason()));
    }

    @Test
    void soundIsTranscribedOrStaysPendingWithItsReason() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        gateway.createContext("/v1/audio/transcriptions", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
                asked.add(exchange.getRequestHeaders().getFirst("Millrace-Caller") + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                boolean known = body.contains("name=\"model\"\r\n\r\nwhisper\r\n")
                        && body.contains("filename=\"sound.wav\"")
                        && body.contains("RIFF")
                        && body.length() < 20_000;
                byte[] answer = text(known ? "{\"text\": \" my lamp is broken \"}" : "{\"error\": \"no\"}");
                exchange.sendResponseHeaders(known ? 200 : 400, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        gateway.start();
        try {
            reader.start(60);
            List<String> ids = shelf.add(List.of(wav(4_000), wav(20_000)));
            submit("http://127.0.0.1:" + gateway.getAddress().getPort() + "/v1", "whisper");
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> shelf.documents().size() == 2);
            Read heard = shelf.documents().get(ids.get(0));
            assertThat(heard.status()).isEqualTo("read");
            assertThat(heard.text()).isEqualTo("my lamp is broken");
            assertThat(heard.textFrom()).isEqualTo("transcript");
            assertThat(heard.reader()).endsWith(", model whisper");
            Read pending = shelf.documents().get(ids.get(1));
            assertThat(pending.status()).isEqualTo("pending");
            assertThat(pending.reason()).isEqualTo("not transcribed: the gateway answered 400: {\"error\": \"no\"}");
            assertThat(asked).contains("media_reading Bearer " + System.getenv("INFERENCE_TEST_KEY"));
            assertThat(shelf.deadLetters()).isEmpty();
        } finally {
            gateway.stop(0);
        }
    }

    private JobID submit(String gateway, String transcriptionModel) throws Exception {
        JobID job = cluster.submitJob(shelf.job(reader.url(), gateway, transcriptionModel))
                .get()
                .getJobID();
        jobs.add(job);
        return job;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] png() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    private static byte[] wav(int samples) {
        ByteBuffer wav = ByteBuffer.allocate(44 + samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(text("RIFF")).putInt(36 + samples).put(text("WAVEfmt ")).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(8_000).putShort((short) 1);
        return wav.putShort((short) 8).put(text("data")).putInt(samples).array();
    }

    /** A page that draws the same form ten thousand times, each of which does nothing a quarter of a million times. */
    private static byte[] slowPdf() throws Exception {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.write(text("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
                + "/Resources<</XObject<</F 5 0 R>>>>>>endobj\n"));
        stream(pdf, "4 0 obj<<", "/F Do\n".repeat(10_000));
        stream(pdf, "5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 600 800]", "q Q\n".repeat(250_000));
        pdf.write(text("trailer<</Root 1 0 R>>\n%%EOF\n"));
        return pdf.toByteArray();
    }

    private static void stream(ByteArrayOutputStream pdf, String head, String content) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(text(content));
        }
        pdf.write(text(head + "/Filter/FlateDecode/Length " + packed.size() + ">>stream\n"));
        pdf.write(packed.toByteArray());
        pdf.write(text("\nendstream endobj\n"));
    }
}
