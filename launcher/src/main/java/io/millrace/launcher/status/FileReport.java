package io.millrace.launcher.status;

/**
 * Files of the app's folders.
 *
 * @param files paths seen
 * @param contents different contents
 * @param read contents whose text is known, or that have none
 * @param pending contents that wait for a model
 * @param refused contents that cannot be read; the dead letters say why
 */
public record FileReport(long files, long contents, long read, long pending, long refused) {
    static FileReport of(LakeNumbers lake) {
        String documents = "SELECT count(*) FROM lake.media.documents WHERE status = ";
        return new FileReport(
                lake.rows("media.files"),
                lake.rows("media.contents"),
                lake.number(documents + "'read'"),
                lake.number(documents + "'pending'"),
                lake.number(documents + "'refused'"));
    }
}
