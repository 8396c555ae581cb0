package io.millrace.agent.accuracy;

import io.millrace.app.agent.AccuracyTask.Half;
import io.millrace.app.agent.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is right in one half: a line for each column, then who was taken for whom. */
final class Report {
    private final List<Judged> rows;
    private final List<Judged> known;
    private final StringBuilder text = new StringBuilder();

    /** @param known the rows whose labels the nearest-example way may know */
    private Report(List<Judged> rows, List<Judged> known) {
        this.rows = rows;
        this.known = known;
    }

    static String of(Half half, List<OutputColumn> columns, List<Judged> rows, List<Judged> known) {
        Report report = new Report(rows, known);
        report.line(
                "%n%s half, %d rows; the nearest examples are among %s",
                half == Half.DEVELOPMENT ? "development" : "held-out",
                rows.size(),
                half == Half.DEVELOPMENT ? "the other rows of this half" : "the rows of the development half");
        report.line(
                "%-12s %9s %9s  %-14s %13s %15s",
                "column", "right", "accuracy", "95 % interval", "most frequent", "nearest example");
        columns.forEach(report::figures);
        columns.stream().filter(column -> !column.oneOf().isEmpty()).forEach(report::matrix);
        return report.text.toString();
    }

    private void figures(OutputColumn column) {
        String name = column.name();
        Confusion agent = new Confusion();
        Confusion nearest = new Confusion();
        for (Judged row : rows) {
            agent.add(row.expected(name), row.value(name));
            if (!column.oneOf().isEmpty()) {
                nearest.add(row.expected(name), row.nearest(name, known));
            }
        }
        Interval interval = Interval.wilson(agent.right(), agent.of());
        line(
                "%-12s %4d/%4d %9.3f  %.3f to %.3f %13.3f %15s",
                name,
                agent.right(),
                agent.of(),
                agent.accuracy(),
                interval.low(),
                interval.high(),
                agent.mostFrequent(),
                nearest.of() == 0 ? "-" : String.format(Locale.ROOT, "%.3f", nearest.accuracy()));
    }

    private void matrix(OutputColumn column) {
        Confusion agent = new Confusion();
        rows.forEach(row -> agent.add(row.expected(column.name()), row.value(column.name())));
        List<String> values = new ArrayList<>(column.oneOf());
        values.add(Judged.NO_ANSWER);
        line("%n%s: expected down, got across", column.name());
        line("%-12s" + "%10s".repeat(values.size()), cells("", values));
        for (String expected : column.oneOf()) {
            List<String> counts = values.stream()
                    .map(got -> String.valueOf(agent.count(expected, got)))
                    .toList();
            line("%-12s" + "%10s".repeat(values.size()), cells(expected, counts));
        }
    }

    private static Object[] cells(String first, List<String> others) {
        List<String> cells = new ArrayList<>(others);
        cells.add(0, first);
        return cells.toArray();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format + "%n", values));
    }
}
