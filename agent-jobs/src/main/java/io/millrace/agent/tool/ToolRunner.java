package io.millrace.agent.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.agent.Tool;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs tools' queries on the SQL server. */
public final class ToolRunner {
    private static final int MAX_ROWS = 20;

    private final String url;
    private final Properties login = new Properties();
    private final Map<String, String> rowTypes;

    public ToolRunner(String url, String user, @Nullable String password, Map<String, String> rowTypes) {
        this.url = url;
        this.rowTypes = rowTypes;
        login.put("user", user);
        login.put("password", password == null ? "" : password);
    }

    /**
     * Calls a tool.
     *
     * @param given the model's arguments
     * @param row the trigger row, whose columns the bound arguments are
     * @param limit how long to wait for a restarting server
     * @return at most 20 rows, values as text, NULL kept
     * @throws ToolFailed when an argument is missing, unknown or ill-typed, or the query fails
     */
    public List<Map<String, @Nullable String>> call(
            Tool tool, JsonNode given, Map<String, @Nullable String> row, Duration limit)
            throws ToolFailed, InterruptedException {
        Map<String, @Nullable Object> arguments = arguments(tool, given, row);
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return query(tool, arguments);
            } catch (SQLException e) {
                boolean unreachable = e.getSQLState() != null && e.getSQLState().startsWith("08");
                if (!unreachable || System.nanoTime() > deadline) {
                    throw new ToolFailed("tool " + tool.name() + ": " + e.getMessage());
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    private List<Map<String, @Nullable String>> query(Tool tool, Map<String, @Nullable Object> arguments)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, login);
                PreparedStatement statement = connection.prepareStatement(tool.sql())) {
            statement.setMaxRows(MAX_ROWS);
            for (int i = 0; i < tool.parameters().size(); i++) {
                statement.setObject(i + 1, arguments.get(tool.parameters().get(i)));
            }
            List<Map<String, @Nullable String>> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                int columns = results.getMetaData().getColumnCount();
                while (results.next()) {
                    Map<String, @Nullable String> values = new LinkedHashMap<>();
                    for (int i = 1; i <= columns; i++) {
                        values.put(results.getMetaData().getColumnLabel(i), results.getString(i));
                    }
                    rows.add(values);
                }
            }
            return rows;
        }
    }

    private Map<String, @Nullable Object> arguments(Tool tool, JsonNode given, Map<String, @Nullable String> row)
            throws ToolFailed {
        if (!given.isObject()) {
            throw new ToolFailed("tool " + tool.name() + ": arguments are no JSON object: " + given);
        }
        List<String> open = tool.open().stream().map(Tool.Argument::name).toList();
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            if (!open.contains(entry.getKey())) {
                throw new ToolFailed("tool " + tool.name() + " has no argument '" + entry.getKey() + "', only " + open);
            }
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        for (Tool.Argument argument : tool.arguments()) {
            String name = argument.name();
            if (argument.bound()) {
                values.put(name, typed(tool, name, rowTypes.getOrDefault(name, "STRING"), row.get(name)));
            } else if (!given.hasNonNull(name)) {
                throw new ToolFailed("tool " + tool.name() + ": argument '" + name + "' is missing");
            } else {
                values.put(
                        name, typed(tool, name, argument.type(), given.get(name).asText()));
            }
        }
        return values;
    }

    private static @Nullable Object typed(Tool tool, String name, String type, @Nullable String text)
            throws ToolFailed {
        if (text == null) {
            return null;
        }
        try {
            return switch (type.replaceAll("\\(.*", "")) {
                case "BIGINT", "INT" -> Long.valueOf(text);
                case "DECIMAL" -> new BigDecimal(text);
                case "DOUBLE" -> Double.valueOf(text);
                case "BOOLEAN" -> Boolean.valueOf(text);
                default -> text;
            };
        } catch (NumberFormatException e) {
            throw new ToolFailed("tool " + tool.name() + ": argument '" + name + "' is '" + text + "', no " + type);
        }
    }
}
