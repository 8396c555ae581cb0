package io.millrace.demo;

import io.millrace.service.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One kind of thing that happens in the source: a file of SQL with options in its leading comments.
 *
 * @param weight how often it is drawn, relative to the others
 * @param rollback whether its transaction is always rolled back
 * @param topic if given, the SQL is a query whose rows (key, value) are sent there as events
 */
record TrafficAction(String name, String sql, int weight, boolean rollback, Optional<String> topic) {
    private static final Pattern OPTION = Pattern.compile("--\\s*(weight\\s+(\\d+)|rollback|topic\\s+(\\S+))\\s*");

    /** @throws SettingsException when the folder has no action or one has no weight */
    static List<TrafficAction> readAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<TrafficAction> actions = files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .map(TrafficAction::read)
                    .toList();
            if (actions.isEmpty()) {
                throw new SettingsException(folder + ": no .sql file in it: nothing to do");
            }
            return actions;
        } catch (IOException e) {
            throw new SettingsException(folder + " cannot be read: " + e.getMessage());
        }
    }

    private static TrafficAction read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new SettingsException(file + " cannot be read: " + e.getMessage());
        }
        int weight = 0;
        boolean rollback = false;
        Optional<String> topic = Optional.empty();
        for (String line : text.lines().takeWhile(line -> line.startsWith("--")).toList()) {
            Matcher option = OPTION.matcher(line);
            if (!option.matches()) {
                continue;
            }
            if (option.group(2) != null) {
                weight = Integer.parseInt(option.group(2));
            } else if (option.group(3) != null) {
                topic = Optional.of(option.group(3));
            } else {
                rollback = true;
            }
        }
        if (weight == 0) {
            throw new SettingsException(file + ": no weight: add the line '-- weight 10' on top");
        }
        return new TrafficAction(file.getFileName().toString(), text, weight, rollback, topic);
    }
}
