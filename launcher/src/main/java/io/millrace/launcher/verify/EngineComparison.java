package io.millrace.launcher.verify;

import io.millrace.app.App;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.Parameter;
import io.millrace.app.table.TableDefinition;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint's query asked of two SQL engines over the same lake.
 *
 * @param questions sets of parameter values it was asked with
 * @param rows rows of all answers of the first engine
 * @param differences questions the engines answer differently, with a row of each
 */
public record EngineComparison(String endpoint, int questions, long rows, List<String> differences) {
    private static final int SAMPLES = 20;
    private static final int QUESTIONS = 50;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    public EngineComparison {
        differences = List.copyOf(differences);
    }

    public boolean equal() {
        return differences.isEmpty();
    }

    /** Every endpoint of the app. A lake in motion may differ for a moment: what differs is asked again for a while. */
    public static List<EngineComparison> run(App app, Connection first, Connection second)
            throws SQLException, InterruptedException {
        List<EngineComparison> comparisons = new ArrayList<>();
        for (Endpoint endpoint : app.endpoints()) {
            comparisons.add(compare(endpoint, questions(app, endpoint, first), first, second));
        }
        return comparisons;
    }

    private static EngineComparison compare(
            Endpoint endpoint, List<Map<String, @Nullable Object>> questions, Connection first, Connection second)
            throws SQLException, InterruptedException {
        long rows = 0;
        List<String> differences = new ArrayList<>();
        for (Map<String, @Nullable Object> question : questions) {
            long deadline = System.nanoTime() + SETTLE_NANOS;
            Optional<String> difference;
            do {
                List<String> left = answer(endpoint, question, first);
                difference = difference(left, answer(endpoint, question, second));
                rows += difference.isEmpty() ? left.size() : 0;
                if (difference.isPresent()) {
                    TimeUnit.SECONDS.sleep(1);
                }
            } while (difference.isPresent() && System.nanoTime() < deadline);
            difference.ifPresent(text -> differences.add(question + ": " + text));
        }
        return new EngineComparison(endpoint.name(), questions.size(), rows, differences);
    }

    static Optional<String> difference(List<String> left, List<String> right) {
        if (left.equals(right)) {
            return Optional.empty();
        }
        List<String> onlyLeft = new ArrayList<>(left);
        right.forEach(onlyLeft::remove);
        List<String> onlyRight = new ArrayList<>(right);
        left.forEach(onlyRight::remove);
        return Optional.of(left.size() + " and " + right.size() + " rows; only in the first "
                + onlyLeft.stream().findFirst().orElse("none") + "; only in the second "
                + onlyRight.stream().findFirst().orElse("none"));
    }

    /** The rows as texts, in an order of their own: what ORDER BY leaves open may differ. */
    private static List<String> answer(Endpoint endpoint, Map<String, @Nullable Object> question, Connection engine)
            throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement query =
                engine.prepareStatement(endpoint.statement().sql())) {
            List<String> names = endpoint.statement().parameters();
            for (int i = 0; i < names.size(); i++) {
                query.setObject(i + 1, question.get(names.get(i)));
            }
            try (ResultSet row = query.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    List<String> cells = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        cells.add(row.getMetaData().getColumnLabel(i) + "=" + text(row.getObject(i)));
                    }
                    rows.add(String.join(", ", cells));
                }
            }
        } catch (SQLException e) {
            rows.add("error: " + e.getMessage());
        }
        Collections.sort(rows);
        return rows;
    }

    /** The engines may give a number or a time another type and scale. */
    static String text(@Nullable Object value) {
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
        }
        if (value instanceof java.sql.Timestamp time) {
            return time.toLocalDateTime().toString();
        }
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        return Objects.toString(value);
    }

    /** All combinations of sample values of the required parameters, the others at their default. */
    private static List<Map<String, @Nullable Object>> questions(App app, Endpoint endpoint, Connection lake)
            throws SQLException {
        List<Map<String, @Nullable Object>> questions = new ArrayList<>();
        questions.add(new LinkedHashMap<>());
        for (Parameter parameter : endpoint.parameters()) {
            List<? extends @Nullable Object> values = parameter.required()
                    ? samples(app, parameter, lake)
                    : Collections.singletonList(forJdbc(parameter.defaultValue()));
            List<Map<String, @Nullable Object>> extended = new ArrayList<>();
            for (Map<String, @Nullable Object> question : questions) {
                for (Object value : values) {
                    Map<String, @Nullable Object> longer = new LinkedHashMap<>(question);
                    longer.put(parameter.name(), value);
                    extended.add(longer);
                }
            }
            questions = extended;
        }
        return questions.subList(0, Math.min(QUESTIONS, questions.size()));
    }

    private static @Nullable Object forJdbc(@Nullable Object value) {
        return value instanceof Instant instant ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : value;
    }

    /** Values of the column of that name, or ones that fit the type. */
    private static List<Object> samples(App app, Parameter parameter, Connection lake) throws SQLException {
        Optional<TableDefinition> table = app.tables().stream()
                .filter(candidate -> candidate.column(parameter.name()).isPresent())
                .findFirst();
        if (table.isPresent()) {
            String column = "`" + parameter.name() + "`";
            List<Object> values = new ArrayList<>();
            try (Statement statement = lake.createStatement();
                    ResultSet row = statement.executeQuery("SELECT DISTINCT " + column + " FROM lake."
                            + table.get().qualifiedName() + " WHERE " + column + " IS NOT NULL ORDER BY " + column
                            + " LIMIT " + SAMPLES)) {
                while (row.next()) {
                    values.add(row.getObject(1));
                }
            }
            return values;
        }
        return switch (parameter.type()) {
            case STRING -> List.of("", "a");
            case INT, BIGINT, DECIMAL, DOUBLE -> List.of(0, 1, 100);
            case BOOLEAN -> List.of(true, false);
            case DATE -> List.of(LocalDate.of(1970, 1, 1), LocalDate.of(2100, 1, 1));
            case TIMESTAMP -> List.of(LocalDateTime.of(1970, 1, 1, 0, 0), LocalDateTime.of(2100, 1, 1, 0, 0));
        };
    }
}
