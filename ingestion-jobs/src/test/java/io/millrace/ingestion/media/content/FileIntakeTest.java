package io.millrace.ingestion.media.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.paimon.data.BlobDescriptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIntakeTest {
    private static final long MAX_BYTES = 4 << 20;

    @TempDir
    Path root;

    private FileIntake intake;

    @BeforeEach
    void open() {
        intake = new FileIntake(new Staging(root.toUri() + "staging/", 0), MAX_BYTES);
    }

    @Test
    void aSmallContentTravelsAsItsBytes() throws Exception {
        Arrival arrival =
                take("a.txt", "hello".getBytes(StandardCharsets.UTF_8)).get(0);
        assertThat(arrival.content()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        assertThat(arrival.mediaId()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(stagedFiles()).isEmpty();
    }

    @Test
    void aLargeContentIsStagedAndRemovedWhenItIsInTheLake() throws Exception {
        byte[] content = new byte[Intake.MEMORY_BYTES + 1];
        FileIntake.Taken taken = intake.take(origin("a.wav"), new ByteArrayInputStream(content));
        BlobDescriptor descriptor =
                BlobDescriptor.deserialize(taken.arrivals().get(0).content());
        assertThat(descriptor.length()).isEqualTo(content.length);
        assertThat(Files.readAllBytes(stagedFiles().get(0))).isEqualTo(content);
        intake.discard(taken.staged());
        assertThat(stagedFiles()).isEmpty();
    }

    @Test
    void aContentBeyondTheLimitIsRefusedAndLeavesNothing() throws Exception {
        byte[] content = new byte[(int) MAX_BYTES + 1];
        assertThatThrownBy(() -> take("a.bin", content))
                .isInstanceOf(Refusal.class)
                .hasMessage("it holds more than 4194304 bytes");
        assertThat(stagedFiles()).isEmpty();
    }

    @Test
    void whatAStoppedReaderLeftIsSwept() throws Exception {
        byte[] content = new byte[Intake.MEMORY_BYTES + 1];
        for (int reader : List.of(0, 1, 5)) {
            new FileIntake(new Staging(root.toUri() + "staging/", reader), MAX_BYTES)
                    .take(origin("a.wav"), new ByteArrayInputStream(content));
        }
        new Staging(root.toUri() + "staging/", 0).sweep(2);
        assertThat(stagedFiles()).as("that of reader 1, which may be at work").hasSize(1);
        new Staging(root.toUri() + "staging/", 1).sweep(2);
        assertThat(stagedFiles()).isEmpty();
    }

    @Test
    void namesOfAttachmentsAreDecodedAndLeadNowhere() throws Exception {
        byte[] mail = new Mail("names")
                .attach("image/png", "../../etc/passwd", new byte[1])
                .attach("image/png", "C:\\\\windows\\\\a.png", new byte[2])
                .attach("image/png", "=?UTF-8?Q?Quittung_=E2=82=AC.png?=", new byte[3])
                .attach("image/png", "same.png", new byte[4])
                .attach("image/png", "same.png", new byte[5])
                .attach("image/png", "..", new byte[6])
                .part("Content-Type: image/jpeg", "Content-Disposition: inline; filename*=UTF-8''%F0%9F%A7%BE.jpg")
                .line("x")
                .part("Content-Type: application/pdf")
                .line("x")
                .part("Content-Type: text/html")
                .line("the text again")
                .build();
        assertThat(take("m.eml", mail))
                .extracting(Arrival::path)
                .containsExactly(
                        "m.eml",
                        "m.eml!/passwd",
                        "m.eml!/a.png",
                        "m.eml!/Quittung €.png",
                        "m.eml!/same.png",
                        "m.eml!/same (2).png",
                        "m.eml!/part-8.png",
                        "m.eml!/🧾.jpg",
                        "m.eml!/part-10.pdf");
    }

    @Test
    void mailsNestedTooDeepAreLeftOutAndTheRestGoesOn() throws Exception {
        byte[] mail = new Mail("level 50").build();
        for (int level = 49; level >= 0; level--) {
            mail = new Mail("level " + level)
                    .attach("message/rfc822", "inner.eml", mail)
                    .attach("image/png", "p" + level + ".png", new byte[] {(byte) level})
                    .build();
        }
        assertThat(take("m.eml", mail))
                .extracting(arrival -> arrival.path() + (arrival.isRefused() ? " – " + arrival.refusal() : ""))
                .containsExactly(
                        "m.eml",
                        "m.eml!/inner.eml",
                        "m.eml!/inner.eml!/inner.eml",
                        "m.eml!/inner.eml!/inner.eml!/inner.eml",
                        "m.eml!/inner.eml!/inner.eml!/inner.eml!/inner.eml"
                                + " – it lies more than 3 mails deep: it is left out",
                        "m.eml!/inner.eml!/inner.eml!/inner.eml!/p3.png",
                        "m.eml!/inner.eml!/inner.eml!/p2.png",
                        "m.eml!/inner.eml!/p1.png",
                        "m.eml!/p0.png");
    }

    @Test
    void tooManyPartsAreLeftOut() throws Exception {
        Mail mail = new Mail("many");
        IntStream.range(0, 150).forEach(i -> mail.attach("image/png", i + ".png", new byte[] {(byte) i}));
        List<Arrival> arrivals = take("m.eml", mail.build());
        assertThat(arrivals).filteredOn(Arrival::isRefused).singleElement().satisfies(refused -> {
            assertThat(refused.path()).isEqualTo("m.eml");
            assertThat(refused.refusal()).isEqualTo("the mail has more than 100 parts: the others are left out");
        });
        assertThat(arrivals).hasSize(100).extracting(Arrival::path).contains("m.eml!/97.png");
    }

    @Test
    void partsNestedThousandfoldEndAtTheLimit() throws Exception {
        StringBuilder mail = new StringBuilder("From: a\r\nMIME-Version: 1.0\r\n");
        for (int level = 0; level < 20_000; level++) {
            mail.append("Content-Type: multipart/mixed; boundary=b").append(level);
            mail.append("\r\n\r\n--b").append(level).append("\r\n");
        }
        assertThat(take("m.eml", mail.toString().getBytes(StandardCharsets.US_ASCII)))
                .extracting(Arrival::refusal)
                .containsExactly(null, "the mail has more than 100 parts: the others are left out");
    }

    @Test
    void anAttachmentBeyondTheMemoryIsStagedAndTheOthersAreNot() throws Exception {
        byte[] mail = new Mail("large")
                .attach("image/png", "small.png", new byte[10])
                .attach("audio/wav", "large.wav", new byte[2 << 20])
                .build();
        List<Arrival> arrivals = take("m.eml", mail);
        assertThat(arrivals)
                .extracting(arrival -> BlobDescriptor.isBlobDescriptor(arrival.content()))
                .containsExactly(true, false, true);
        assertThat(arrivals.get(2).sizeBytes()).isEqualTo(2 << 20);
    }

    @Test
    void aBrokenMailIsStoredWithWhatCouldBeRead() throws Exception {
        byte[] cut = new Mail("cut")
                .attach("image/png", "a.png", new byte[100])
                .part("Content-Type: image/png; name=b.png", "Content-Transfer-Encoding: base64")
                .line("AAAA!!!!not base64????")
                .cutShort();
        assertThat(take("m.eml", cut)).extracting(Arrival::path).contains("m.eml", "m.eml!/a.png");
        String header = "From: a\r\nDate: b\r\nContent-Type: " + "(".repeat(100_000) + "\r\n\r\nbody";
        assertThat(take("m.eml", header.getBytes(StandardCharsets.US_ASCII)))
                .first()
                .extracting(Arrival::path)
                .isEqualTo("m.eml");
        String endless = "From: a\r\nDate: b\r\nX: " + "x".repeat(1_000_000) + "\r\n\r\nbody";
        assertThat(take("m.eml", endless.getBytes(StandardCharsets.US_ASCII)))
                .last()
                .satisfies(refused -> assertThat(refused.refusal()).startsWith("the mail cannot be read to its end: "));
        assertThat(take("m.eml", new byte[0])).hasSize(1);
    }

    @Test
    void aStreamThatBreaksLeavesNothingStaged() throws Exception {
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(new byte[2 * Intake.MEMORY_BYTES])) {
            private int read;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                read += length;
                if (read > Intake.MEMORY_BYTES + 100_000) {
                    throw new IOException("the disk is gone");
                }
                return super.read(buffer, offset, length);
            }
        };
        assertThatThrownBy(() -> intake.take(origin("a.bin"), broken)).hasMessage("the disk is gone");
        assertThat(stagedFiles()).isEmpty();
    }

    private List<Arrival> take(String path, byte[] content) throws Exception {
        return intake.take(origin(path), new ByteArrayInputStream(content)).arrivals();
    }

    private static Origin origin(String path) {
        return new Origin("inbox", path, 1, 2, 3);
    }

    private List<Path> stagedFiles() throws IOException {
        if (!Files.exists(root.resolve("staging"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root.resolve("staging"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
