package io.millrace.app.endpoint;

import io.millrace.app.Problem;
import io.millrace.service.Nearest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The query below a header of comment lines. */
public final class Query {
    private Query() {}

    /**
     * @param lines of the whole file
     * @param from index of the first line below the header
     * @param declared names of the parameters the header declares
     * @param problems gets one entry for each thing that is wrong
     */
    public static EndpointStatement parse(
            String file, List<String> lines, int from, Collection<String> declared, List<Problem> problems) {
        StatementScanner scanner = new StatementScanner(
                file, String.join("\n", lines.subList(from, lines.size())), Math.max(1, from + 1), problems);
        EndpointStatement statement = scanner.scan();
        Set<String> used = new LinkedHashSet<>();
        for (StatementScanner.Use use : scanner.uses()) {
            if (used.add(use.name()) && !declared.contains(use.name())) {
                problems.add(new Problem(
                        file,
                        use.line(),
                        "parameter ':" + use.name() + "' is not declared"
                                + Nearest.to(use.name(), declared)
                                        .map(nearest -> " — did you mean ':" + nearest + "'?")
                                        .orElse(": add the line '-- param " + use.name() + " BIGINT' to the header")));
            }
        }
        return statement;
    }
}
