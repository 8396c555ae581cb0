package io.millrace.ingestion.media.folder;

import io.millrace.ingestion.media.content.Arrival;
import io.millrace.ingestion.media.content.FileIntake;
import io.millrace.ingestion.media.content.FileIntake.Taken;
import io.millrace.ingestion.media.content.Origin;
import io.millrace.ingestion.media.content.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Reads one version of a file, or finds out why it cannot be read. */
final class FileWork {
    private static final int TRIES = 3;
    private static final long PAUSE_MILLIS = 300;
    private static final Taken NOTHING = new Taken(0, List.of(), List.of());

    private final String source;
    private final Folder folder;
    private final FileIntake intake;

    FileWork(String source, Folder folder, FileIntake intake) {
        this.source = source;
        this.folder = folder;
        this.intake = intake;
    }

    /** What comes of it; nothing when there is a newer version, which the next listings bring. */
    Taken read(FileSplit split) throws InterruptedException {
        Origin file = new Origin(
                source,
                split.path(),
                split.version().sizeBytes(),
                split.version().modifiedAtMillis(),
                split.seenAtMillis());
        if (split.refusal() != null) {
            return only(file.refused(split.refusal()));
        }
        if (file.sizeBytes() > intake.maxBytes()) {
            return only(
                    file.refused("it has " + file.sizeBytes() + " bytes, more than the limit of " + intake.maxBytes()));
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return read(split, file);
            } catch (Refusal e) {
                return only(file.refused(e.getMessage()));
            } catch (IOException e) {
                if (attempt == TRIES) {
                    return only(file.refused("it cannot be read: " + e.getMessage()));
                }
                Thread.sleep(PAUSE_MILLIS * attempt);
            }
        }
    }

    private Taken read(FileSplit split, Origin file) throws IOException, Refusal {
        if (isReplaced(split)) {
            return NOTHING;
        }
        Taken taken;
        try (InputStream in = folder.open(split.path())) {
            taken = intake.take(file, in);
        }
        Optional<Version> after = folder.version(split.path());
        boolean replaced = after.isPresent() && !after.get().equals(split.version());
        if (!replaced && taken.sizeBytes() == file.sizeBytes()) {
            return taken;
        }
        intake.discard(taken.staged());
        if (replaced) {
            return NOTHING;
        }
        throw new Refusal(
                after.isEmpty()
                        ? "it was deleted while it was read"
                        : taken.sizeBytes() + " of its " + file.sizeBytes() + " bytes could be read");
    }

    private boolean isReplaced(FileSplit split) throws IOException, Refusal {
        Version now =
                folder.version(split.path()).orElseThrow(() -> new Refusal("it was deleted before it could be read"));
        return !now.equals(split.version());
    }

    private static Taken only(Arrival refusal) {
        return new Taken(0, List.of(refusal), List.of());
    }
}
