package io.millrace.app.agent;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.millrace.app.AppException;
import io.millrace.app.YamlMap;
import io.millrace.app.prompt.Prompt;
import io.millrace.service.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code agents/NAME/agent.yaml} and the files it names. */
public final class AgentFile {
    private static final List<String> TYPES =
            List.of("STRING", "INT", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMP_LTZ(3)");

    private final Path folder;
    private final String shown;
    private final String database;

    private AgentFile(Path folder, String shown, String database) {
        this.folder = folder;
        this.shown = shown;
        this.database = database;
    }

    /**
     * @param shown the agent's folder as the author would type it
     * @param database the app's, in which hot tables stand
     * @throws AppException with file and line of what is wrong
     */
    public static Agent read(Path folder, String shown, String database) {
        return new AgentFile(folder, shown, database).agent();
    }

    private Agent agent() {
        String file = shown + "/agent.yaml";
        YamlMap yaml = YamlMap.parse(file, text("agent.yaml"))
                .allow(
                        "agent",
                        "trigger",
                        "key",
                        "input",
                        "model",
                        "embeddings",
                        "prompt",
                        "tools",
                        "parallelism",
                        "memory",
                        "output",
                        "check",
                        "limits");
        String name = yaml.text("agent");
        if (!name.equals(folder.getFileName().toString())) {
            throw yaml.error(
                    yaml.line("agent"),
                    "agent '" + name + "' stands in the folder " + folder.getFileName() + ": give both the same name");
        }
        List<YamlMap> tools = yaml.maps("tools");
        boolean asked = tools.stream().anyMatch(tool -> !tool.has("lookup"));
        return new Agent(
                name,
                trigger(yaml.map("trigger")),
                yaml.text("key"),
                yaml.texts("input"),
                yaml.optionalText("model").orElse("chat"),
                yaml.optionalText("embeddings").orElse("embed"),
                tools.stream()
                        .filter(tool -> !tool.has("lookup"))
                        .map(this::tool)
                        .toList(),
                tools.stream()
                        .filter(tool -> tool.has("lookup"))
                        .map(tool -> hotTable(tool.allow("lookup"), "lookup"))
                        .toList(),
                yaml.has("prompt") || asked ? prompt(yaml, "prompt") : null,
                (int) yaml.number("parallelism", 1, 1024, 1),
                yaml.has("memory") ? memory(yaml.map("memory")) : null,
                output(yaml.map("output")),
                yaml.has("check") ? check(yaml.map("check")) : null,
                limits(yaml.map("limits")),
                file);
    }

    private static Agent.Trigger trigger(YamlMap yaml) {
        yaml.allow("table", "insert", "update", "delete", "also", "backlog");
        yaml.word("insert", "run");
        YamlMap backlog = yaml.map("backlog").allow("newest", "per_minute");
        return new Agent.Trigger(
                lakeTable(yaml, "table"),
                yaml.texts("update"),
                yaml.word("delete", "keep", "retract").equals("retract"),
                new Agent.Backlog(
                        (int) backlog.number("newest", 0, 1_000_000, 20), backlog.number("per_minute", 0, 60_000, 4)),
                yaml.has("also") ? also(yaml.map("also")) : null);
    }

    private static Agent.Also also(YamlMap yaml) {
        yaml.allow("table", "key", "text");
        List<String> text = yaml.texts("text");
        if (text.isEmpty()) {
            throw yaml.error(
                    yaml.line("text"), "text is missing under also: name the columns to read, text: [name, text]");
        }
        return new Agent.Also(lakeTable(yaml, "table"), yaml.text("key"), text);
    }

    /** {@code lake.DATABASE.TABLE} without its catalog. */
    private static String lakeTable(YamlMap yaml, String key) {
        String table = yaml.text(key);
        if (!table.matches("lake\\.\\w+\\.\\w+")) {
            throw yaml.error(yaml.line(key), "'" + key + "' is '" + table + "': write lake.DATABASE.TABLE");
        }
        return table.substring("lake.".length());
    }

    private HotReference hotTable(YamlMap yaml, String key) {
        String name = yaml.text(key);
        if (!name.matches("\\w+")) {
            throw yaml.error(
                    yaml.line(key), "'" + key + "' is '" + name + "': write the name of a hot table of " + database);
        }
        return new HotReference(database + "." + name, yaml.line(key));
    }

    private Tool tool(YamlMap yaml) {
        String path = yaml.allow("sql", "lookup").text("sql");
        String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.sql$", "");
        return ToolFile.parse(name, shown + "/" + path, text(yaml, "sql", path));
    }

    private static Agent.Memory memory(YamlMap yaml) {
        yaml.allow("by", "keep", "remember");
        return new Agent.Memory(yaml.text("by"), (int) yaml.number("keep", 1, 1000, 5), yaml.texts("remember"));
    }

    private Agent.Check check(YamlMap yaml) {
        yaml.allow("column", "prompt", "max_rounds", "words", "otherwise");
        return new Agent.Check(
                yaml.text("column"),
                prompt(yaml, "prompt"),
                (int) yaml.number("max_rounds", 0, 5, 2),
                yaml.texts("words"),
                yaml.text("otherwise"));
    }

    private static Agent.Limits limits(YamlMap yaml) {
        yaml.allow("steps", "seconds", "tokens", "tool_rounds", "input_characters");
        return new Agent.Limits(
                (int) yaml.number("steps", 1, 1000, 16),
                (int) yaml.number("seconds", 1, 3600, 120),
                (int) yaml.number("tokens", 1, 10_000_000, 8000),
                (int) yaml.number("tool_rounds", 0, 20, 3),
                (int) yaml.number("input_characters", 100, 10_000_000, 4000));
    }

    private Output output(YamlMap yaml) {
        yaml.allow("table", "hot", "columns");
        YamlMap columns = yaml.map("columns");
        if (columns.keys().isEmpty()) {
            throw yaml.error(yaml.line("columns"), "no columns under output: an agent fills in at least one");
        }
        return new Output(
                lakeTable(yaml, "table"),
                yaml.has("hot") ? hotTable(yaml, "hot") : null,
                columns.keys().stream()
                        .map(column -> column(column, columns, columns.map(column)))
                        .toList());
    }

    private OutputColumn column(String name, YamlMap columns, YamlMap yaml) {
        yaml.allow(
                "type", "optional", "one_of", "min", "max", "max_tokens", "prompt", "nearest", "from", "like", "rules");
        String type = yaml.text("type");
        if (!TYPES.contains(type)) {
            throw yaml.error(yaml.line("type"), "type '" + type + "' of " + name + Nearest.hint(type, TYPES));
        }
        return new OutputColumn(
                name,
                type,
                yaml.word("optional", "false", "true").equals("true"),
                yaml.texts("one_of"),
                yaml.optionalNumber("min").orElse(null),
                yaml.optionalNumber("max").orElse(null),
                (int) yaml.number("max_tokens", 1, 100_000, 60),
                fill(name, columns, yaml));
    }

    private Fill fill(String name, YamlMap columns, YamlMap yaml) {
        List<String> ways = List.of("prompt", "nearest", "from", "rules");
        List<String> given = ways.stream().filter(yaml::has).toList();
        if (given.size() != 1) {
            throw columns.error(
                    columns.line(name),
                    "column '" + name + "' has " + (given.isEmpty() ? "no source" : "two sources " + given)
                            + ": give one of prompt, nearest, from, rules");
        }
        return switch (given.get(0)) {
            case "prompt" -> new Fill.Asked(prompt(yaml, "prompt"));
            case "nearest" -> nearest(yaml);
            case "from" -> from(yaml);
            default ->
                new Fill.Ruled(yaml.maps("rules").stream().map(AgentFile::rule).toList());
        };
    }

    private static Fill from(YamlMap yaml) {
        String from = yaml.text("from");
        if (from.equals("input")) {
            return new Fill.FromInput(yaml.optionalText("like").orElse("\\d{1,18}"));
        }
        String[] parts = from.split("\\.");
        if (parts.length != 2) {
            throw yaml.error(yaml.line("from"), "from '" + from + "': write 'input' or TOOL.COLUMN");
        }
        return new Fill.FromTool(parts[0], parts[1]);
    }

    private static Fill.Rule rule(YamlMap yaml) {
        YamlMap when = yaml.allow("when", "then").map("when");
        Map<String, List<String>> conditions = new HashMap<>();
        when.keys().forEach(column -> conditions.put(column, when.oneOrMore(column)));
        return new Fill.Rule(conditions, yaml.text("then"));
    }

    private Fill nearest(YamlMap yaml) {
        String path = yaml.text("nearest");
        List<Fill.Example> examples = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text(yaml, "nearest", path))) {
            while (rows.hasNext()) {
                Map<String, String> row = rows.next();
                String text = row.get("text");
                String label = row.get("label");
                if (text == null || label == null) {
                    throw new AppException(
                            shown + "/" + path,
                            rows.getCurrentLocation().getLineNr(),
                            "columns 'text' and 'label' are needed, this row has " + row.keySet());
                }
                examples.add(new Fill.Example(text, label));
            }
        } catch (IOException e) {
            throw new AppException(shown + "/" + path, 0, "not CSV with a header: " + e.getMessage());
        }
        if (examples.isEmpty()) {
            throw new AppException(shown + "/" + path, 0, "no examples: give lines of text,label");
        }
        return new Fill.Nearest(path, examples);
    }

    private Prompt prompt(YamlMap yaml, String key) {
        String path = yaml.text(key);
        return Prompt.parse(path, shown + "/" + path, text(yaml, key, path));
    }

    private String text(YamlMap yaml, String key, String path) {
        if (!Files.isRegularFile(folder.resolve(path))) {
            throw yaml.error(yaml.line(key), "no such file: " + shown + "/" + path);
        }
        return text(path);
    }

    private String text(String path) {
        try {
            return Files.readString(folder.resolve(path));
        } catch (IOException e) {
            throw new AppException(shown + "/" + path, 0, "cannot be read as UTF-8 text: " + e.getMessage());
        }
    }
}
