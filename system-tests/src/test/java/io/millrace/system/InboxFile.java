package io.millrace.system;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A file of the seed, as {@code inbox.csv} says it is.
 *
 * @param text file below {@code inbox-text} with the words in it, or empty
 * @param what receipt, photo, invoice, broken and so on
 */
record InboxFile(String path, String sha256, String kind, String text, String what) {
    static List<InboxFile> all(Path csv) throws IOException {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(csv.toFile())) {
            return rows.readAll().stream()
                    .map(row -> new InboxFile(
                            row.get("path"), row.get("sha256"), row.get("kind"), row.get("text"), row.get("what")))
                    .toList();
        }
    }
}
