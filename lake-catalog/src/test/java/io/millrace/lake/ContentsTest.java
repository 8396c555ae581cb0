package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsTest {
    private static final byte[] NOTE = "a note".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final byte[] EMPTY = {};
    private static final byte[] PHOTO = random(300_000, 1);

    @TempDir
    Path folder;

    private ContentTable table;
    private Contents contents;

    @BeforeEach
    void open() throws Exception {
        table = new ContentTable(folder);
        contents = Contents.open(Warehouse.local(folder.toUri().toString()));
    }

    @AfterEach
    void close() throws Exception {
        contents.close();
        table.close();
    }

    static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private Content found(byte[] bytes) throws Exception {
        return contents.find(ContentTable.id(bytes)).orElseThrow();
    }

    private static byte[] read(Content content, long offset, long length) throws Exception {
        try (InputStream in = content.read(offset, length)) {
            return in.readAllBytes();
        }
    }

    @Test
    void bytesAreFoundByTheirHash() throws Exception {
        table.add(random(1000, 2), PHOTO);
        table.add(NOTE, EMPTY, random(1000, 3));
        for (byte[] bytes : List.of(PHOTO, NOTE, EMPTY, random(1000, 3))) {
            Content content = found(bytes);
            assertThat(content.sizeBytes()).isEqualTo(bytes.length);
            assertThat(read(content, 0, bytes.length)).isEqualTo(bytes);
        }
    }

    @Test
    void aPartIsReadAlone() throws Exception {
        table.add(NOTE, PHOTO);
        Content photo = found(PHOTO);
        assertThat(read(photo, 299_990, 10)).isEqualTo(Arrays.copyOfRange(PHOTO, 299_990, 300_000));
        assertThat(read(photo, 17, 100_000)).isEqualTo(Arrays.copyOfRange(PHOTO, 17, 100_017));
        assertThat(read(photo, 300_000, 0)).isEmpty();
        assertThatThrownBy(() -> photo.read(299_990, 11))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("has 300000 bytes");
    }

    @Test
    void whatIsNotStoredIsNotFound() throws Exception {
        assertThat(contents.find(ContentTable.id(NOTE))).isEmpty();
        table.add(PHOTO);
        assertThat(contents.find(ContentTable.id(NOTE))).isEmpty();
        table.add(NOTE);
        assertThat(contents.find(ContentTable.id(NOTE))).isPresent();
    }

    @Test
    void aLakeWithoutTheTableHoldsNothing() throws Exception {
        try (Contents none =
                Contents.open(Warehouse.local(folder.resolve("none").toUri().toString()))) {
            assertThat(none.find(ContentTable.id(NOTE))).isEmpty();
        }
    }

    @Test
    void aContentWhoseFileIsGoneIsLookedForOnceMore() throws Exception {
        table.add(NOTE, PHOTO);
        Content photo = found(PHOTO);
        table.move(PHOTO, NOTE);
        assertThat(read(photo, 0, PHOTO.length)).isEqualTo(PHOTO);
        assertThat(read(photo, 5, 5)).isEqualTo(Arrays.copyOfRange(PHOTO, 5, 10));
    }

    @Test
    void aContentThatIsGoneFromTheLakeSaysSo() throws Exception {
        table.add(NOTE, PHOTO);
        Content photo = found(PHOTO);
        table.move(NOTE);
        assertThatThrownBy(() -> photo.read(0, 1))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("is gone from lake.media.contents");
    }

    @Test
    void aLookupOpensNoFileOfBytes() throws Exception {
        table.add(NOTE, PHOTO);
        try (var files = Files.walk(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".blob")).toList()) {
                Files.delete(file);
            }
        }
        assertThat(contents.find(ContentTable.id(random(3, 3)))).isEmpty();
    }
}
