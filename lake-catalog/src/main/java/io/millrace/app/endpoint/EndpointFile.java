package io.millrace.app.endpoint;

import io.millrace.app.AppException;
import io.millrace.app.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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
        EndpointStatement statement =
                Query.parse(file, lines, next, header.parameters().keySet(), problems);
        for (ParameterLine parameter : header.parameters().values()) {
            if (!statement.parameters().contains(parameter.name())) {
                problems.add(new Problem(
                        file,
                        parameter.line(),
                        "parameter '" + parameter.name() + "' is never used: use :" + parameter.name()
                                + " in the query or remove this line"));
            }
        }
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
}
