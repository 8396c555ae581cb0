package io.millrace.app.endpoint;

import io.millrace.app.AppException;
import io.millrace.app.Problem;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one {@code endpoints/NAME.sql}. */
public final class EndpointFile {
    private EndpointFile() {}

    /**
     * @param file path as the author knows it; its last part without {@code .sql} is the endpoint's name
     * @throws AppException listing every problem of the file
     */
    public static Endpoint parse(String file, String text) {
        List<Problem> problems = new ArrayList<>();
        String name = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.sql$", "");
        if (!name.matches("[a-z][a-z0-9_]*")) {
            problems.add(new Problem(
                    file, 0, "file name '" + name + "' names the endpoint: use small letters, digits and '_'"));
        }
        Header header = new Header(file, problems);
        List<String> lines = text.lines().toList();
        int next = 0;
        while (next < lines.size()
                && (lines.get(next).isBlank() || lines.get(next).startsWith("--"))) {
            String line = lines.get(next++);
            if (!line.isBlank()) {
                header.read(next, line.substring(2).strip());
            }
        }
        header.end(1);
        StatementScanner scanner = new StatementScanner(
                file, String.join("\n", lines.subList(next, lines.size())), Math.max(1, next + 1), problems);
        EndpointStatement statement = scanner.scan();
        compare(file, header.parameters(), scanner.uses(), problems);
        if (!problems.isEmpty()) {
            throw new AppException(problems.stream()
                    .sorted(Comparator.comparingInt(Problem::line))
                    .toList());
        }
        return new Endpoint(
                name,
                "GET",
                header.path(),
                header.description(),
                header.parameters().values().stream()
                        .map(ParameterLine::parameter)
                        .toList(),
                statement,
                header.oneRow(),
                header.cacheSeconds(),
                "reader",
                file);
    }

    private static void compare(
            String file, Map<String, ParameterLine> declared, List<StatementScanner.Use> uses, List<Problem> problems) {
        Set<String> used = new LinkedHashSet<>();
        for (StatementScanner.Use use : uses) {
            if (used.add(use.name()) && !declared.containsKey(use.name())) {
                problems.add(new Problem(
                        file,
                        use.line(),
                        "parameter ':" + use.name() + "' is not declared"
                                + Nearest.to(use.name(), declared.keySet())
                                        .map(nearest -> " — did you mean ':" + nearest + "'?")
                                        .orElse(": add the line '-- param " + use.name() + " BIGINT' to the header")));
            }
        }
        for (ParameterLine parameter : declared.values()) {
            if (!used.contains(parameter.name())) {
                problems.add(new Problem(
                        file,
                        parameter.line(),
                        "parameter '" + parameter.name() + "' is never used: use :" + parameter.name()
                                + " in the query or remove this line"));
            }
        }
    }
}
