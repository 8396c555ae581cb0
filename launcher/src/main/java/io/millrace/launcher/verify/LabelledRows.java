package io.millrace.launcher.verify;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.millrace.app.App;
import io.millrace.app.Source;
import io.millrace.app.agent.AccuracyTask.Half;
import io.millrace.app.agent.AccuracyTask.Sample;
import io.millrace.app.agent.Agent;
import io.millrace.app.agent.OutputColumn;
import io.millrace.launcher.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Rows whose right values are known. They are read from the seed, not from the lake: the demo's traffic edits rows.
 *
 * @param labels CSV with the agent's key and columns it fills
 */
public record LabelledRows(App app, Agent agent, Path labels) {
    /** In the order of the labels. */
    public List<Sample> read() throws IOException {
        List<String> columns =
                agent.output().columns().stream().map(OutputColumn::name).toList();
        List<Map<String, String>> labelled = Files.exists(labels) ? csv(labels) : List.of();
        if (labelled.isEmpty()
                || !labelled.get(0).containsKey(agent.key())
                || columns.stream().noneMatch(labelled.get(0)::containsKey)) {
            throw new UserError("no labels for agent " + agent.name() + " in " + labels
                    + ": give a CSV with --labels that has " + agent.key() + " and right values of some of " + columns);
        }
        Map<String, Map<String, String>> rows = new HashMap<>();
        csv(seed()).forEach(row -> rows.put(row.get(agent.key()), row));
        List<Sample> samples = new ArrayList<>();
        for (Map<String, String> label : labelled) {
            String key = label.get(agent.key());
            Map<String, String> row = rows.get(key);
            if (row == null) {
                throw new UserError(labels + ": no " + agent.key() + " " + key + " in " + seed() + ": remove the line");
            }
            row.values().removeIf(Objects::isNull);
            label.keySet().retainAll(columns);
            samples.add(new Sample(Half.of(Long.parseLong(key)), row, label));
        }
        return samples;
    }

    /** The seed's file for the table that wakes the agent. */
    private Path seed() throws IOException {
        String table = agent.trigger().table();
        String file = "\\d+_" + table.substring(table.indexOf('.') + 1) + "\\.csv";
        String seed = app.seeded().flatMap(Source.Cdc::seed).orElse("seed");
        Path folder = app.folder().resolve(seed);
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(path -> path.getFileName().toString().matches(file))
                    .findFirst()
                    .orElseThrow(() -> new UserError("no rows of " + table + " in " + folder
                            + ": the labelled rows are read from NN_TABLE.csv there"));
        }
    }

    /** Rows as column to text, null for an empty field. */
    private static List<Map<String, String>> csv(Path file) throws IOException {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .enable(CsvParser.Feature.EMPTY_STRING_AS_NULL)
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(file.toFile())) {
            return rows.readAll();
        }
    }
}
