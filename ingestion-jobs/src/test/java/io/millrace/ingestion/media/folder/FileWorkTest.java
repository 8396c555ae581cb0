package io.millrace.ingestion.media.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingestion.media.content.Arrival;
import io.millrace.ingestion.media.content.FileIntake;
import io.millrace.ingestion.media.content.Staging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWorkTest {
    @TempDir
    Path root;

    private FileWork work;
    private Path file;

    @BeforeEach
    void writeAFile() throws Exception {
        Path inbox = Files.createDirectories(root.resolve("inbox"));
        file = Files.writeString(inbox.resolve("a.txt"), "hello");
        FileIntake intake = new FileIntake(new Staging(root.toUri() + "staging/", 0), 1_000);
        work = new FileWork("inbox", Folder.of(inbox.toUri().toString()), intake);
    }

    @Test
    void aFileThatWasDeletedAfterTheListingIsRefused() throws Exception {
        FileSplit split = split();
        Files.delete(file);
        assertThat(read(split)).extracting(Arrival::refusal).containsExactly("it was deleted before it could be read");
    }

    @Test
    void aFileThatWasReplacedAfterTheListingWaitsForTheNext() throws Exception {
        FileSplit split = split();
        Files.writeString(file, "hello again");
        assertThat(read(split)).isEmpty();
        assertThat(read(split())).extracting(Arrival::sizeBytes).containsExactly(11L);
    }

    @Test
    void aFileThatBecameALinkOutOfTheFolderIsNotFollowed() throws Exception {
        Path secret = Files.writeString(root.resolve("secret.txt"), "olleh");
        Files.setLastModifiedTime(secret, Files.getLastModifiedTime(file));
        FileSplit split = split();
        Files.delete(file);
        Files.createSymbolicLink(file, secret);
        assertThat(read(split))
                .extracting(Arrival::refusal)
                .containsExactly("it cannot be read: it is a link that leaves the folder");
    }

    @Test
    void splitsAndStateKeepWhatTheyHold() throws Exception {
        FileSplit refused = new FileSplit("a\n🧾", new Version(3, 4), 5, "it is a link");
        FolderState state = new FolderState(Map.of("b", new Version(1, 2)), List.of(refused, split()));
        FolderStateSerializer serializer = new FolderStateSerializer();
        assertThat(serializer.deserialize(1, serializer.serialize(state))).isEqualTo(state);
        FileSplitSerializer splits = new FileSplitSerializer();
        assertThat(splits.deserialize(1, splits.serialize(refused))).isEqualTo(refused);
    }

    private FileSplit split() throws Exception {
        return new FileSplit(
                "a.txt",
                new Version(Files.size(file), Files.getLastModifiedTime(file).toMillis()),
                5,
                null);
    }

    private List<Arrival> read(FileSplit split) throws Exception {
        return work.read(split).arrivals();
    }
}
