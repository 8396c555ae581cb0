package io.millrace.app.agent;

import io.millrace.app.AppException;
import io.millrace.app.Problem;
import io.millrace.app.endpoint.EndpointStatement;
import io.millrace.app.endpoint.ParameterType;
import io.millrace.app.endpoint.Query;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads {@code tools/NAME.sql}: a description, {@code param NAME TYPE like 'PATTERN' description} lines for what the model
 * sets (the pattern may be left out),
 * {@code bind NAME description} lines for what is taken from the trigger row, one SELECT.
 */
final class ToolFile {
    private static final Pattern PARAM =
            Pattern.compile("param\\s+(\\w+)\\s+([A-Za-z]+)(?:\\s+like\\s+'([^']*)')?\\s*(.*)");
    private static final Pattern BIND = Pattern.compile("bind\\s+(\\w+)\\s*(.*)");

    private ToolFile() {}

    static Tool parse(String name, String file, String text) {
        List<Problem> problems = new ArrayList<>();
        List<String> description = new ArrayList<>();
        List<Tool.Argument> arguments = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int next = 0;
        while (next < lines.size()
                && (lines.get(next).isBlank() || lines.get(next).startsWith("--"))) {
            String line = lines.get(next++);
            if (!line.isBlank()) {
                header(file, next, line.substring(2).strip(), description, arguments, problems);
            }
        }
        if (description.isEmpty()) {
            problems.add(new Problem(
                    file, 1, "no description: the model chooses a tool by it, begin with '-- What it tells'"));
        }
        EndpointStatement statement = Query.parse(
                file, lines, next, arguments.stream().map(Tool.Argument::name).toList(), problems);
        if (!problems.isEmpty()) {
            throw new AppException(problems);
        }
        return new Tool(name, String.join(" ", description), statement.sql(), statement.parameters(), arguments);
    }

    private static void header(
            String file,
            int line,
            String text,
            List<String> description,
            List<Tool.Argument> arguments,
            List<Problem> problems) {
        Matcher param = PARAM.matcher(text);
        Matcher bind = BIND.matcher(text);
        if (param.matches()) {
            if (!ParameterType.names().contains(param.group(2))) {
                problems.add(new Problem(
                        file,
                        line,
                        "parameter '" + param.group(1) + "' has the unknown type '" + param.group(2) + "'"
                                + Nearest.hint(param.group(2), ParameterType.names())));
            }
            if (param.group(3) != null) {
                try {
                    Pattern.compile(param.group(3));
                } catch (PatternSyntaxException e) {
                    problems.add(new Problem(
                            file,
                            line,
                            "parameter '" + param.group(1) + "': like '" + param.group(3)
                                    + "' is no regular expression: " + e.getDescription()));
                }
            }
            arguments.add(new Tool.Argument(param.group(1), param.group(2), param.group(3), param.group(4), false));
        } else if (bind.matches()) {
            arguments.add(new Tool.Argument(bind.group(1), "", null, bind.group(2), true));
        } else if (arguments.isEmpty()) {
            description.add(text);
        } else {
            problems.add(
                    new Problem(file, line, "unknown line '" + text + "': write 'param NAME TYPE …' or 'bind NAME …'"));
        }
    }
}
