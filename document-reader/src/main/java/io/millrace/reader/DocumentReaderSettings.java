package io.millrace.reader;

import io.millrace.reader.document.Limits;
import io.millrace.reader.ocr.OcrChoice;
import io.millrace.service.SettingsException;

/** Settings of the reader; {@code document-reader.yaml} says what each one means. */
public record DocumentReaderSettings(
        String host,
        int port,
        String workFolder,
        String ocr,
        int secondsPerFile,
        int waiting,
        long maxBytes,
        int maxPages,
        int maxOcrPages,
        int maxTextCharacters,
        int maxMegapixels) {
    public DocumentReaderSettings {
        check(port >= 0 && port <= 65535, "port", port, "a port from 0 to 65535");
        check(!workFolder.isBlank(), "workFolder", workFolder, "a folder");
        check(OcrChoice.NAMES.contains(ocr), "ocr", ocr, "one of " + String.join(", ", OcrChoice.NAMES));
        check(secondsPerFile >= 1, "secondsPerFile", secondsPerFile, "at least 1 second");
        check(waiting >= 0 && waiting <= 1024, "waiting", waiting, "0 to 1024 requests");
        check(maxBytes >= 1, "maxBytes", maxBytes, "at least 1 byte");
        check(maxPages >= 1, "maxPages", maxPages, "at least 1 page");
        check(maxOcrPages >= 0, "maxOcrPages", maxOcrPages, "0 pages or more");
        check(maxTextCharacters >= 1, "maxTextCharacters", maxTextCharacters, "at least 1 character");
        check(maxMegapixels >= 1 && maxMegapixels <= 2000, "maxMegapixels", maxMegapixels, "1 to 2000 million pixels");
    }

    /** What a parser keeps to. */
    Limits limits() {
        return new Limits(maxPages, maxOcrPages, maxTextCharacters, maxMegapixels * 1_000_000L);
    }

    private static void check(boolean fine, String key, Object value, String expected) {
        if (!fine) {
            throw new SettingsException(
                    "setting '" + key + "' of document-reader has the value '" + value + "': expected " + expected);
        }
    }
}
