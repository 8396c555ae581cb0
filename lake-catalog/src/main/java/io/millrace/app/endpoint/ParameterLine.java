package io.millrace.app.endpoint;

import io.millrace.app.Problem;
import io.millrace.service.Nearest;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@code param name TYPE [= default] [description]} line and where it stands. */
record ParameterLine(int line, Parameter parameter) {
    private static final Pattern SHAPE = Pattern.compile("param(?:\\s+(\\S+))?(?:\\s+([^=\\s]\\S*))?\\s*(.*)");
    private static final Pattern DEFAULT = Pattern.compile("=\\s*('(?:[^']|'')*'|\\S+)\\s*(.*)");

    String name() {
        return parameter.name();
    }

    /** The line's parameter, or null when the line is so wrong that none can be made of it. */
    static @Nullable ParameterLine read(
            String file, int line, String text, Set<String> pathParameters, List<Problem> problems) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || matcher.group(1) == null) {
            problems.add(new Problem(file, line, "parameter has no name: write 'param customer_id BIGINT'"));
            return null;
        }
        String name = matcher.group(1);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            problems.add(new Problem(
                    file,
                    line,
                    "parameter '" + name + "': a name has only letters, digits and '_', and no digit first"));
            return null;
        }
        boolean inPath = pathParameters.contains(name);
        Parameter untyped = new Parameter(name, ParameterType.STRING, true, null, "", inPath);
        String typeName = matcher.group(2);
        if (typeName == null) {
            problems.add(new Problem(
                    file,
                    line,
                    "parameter '" + name + "' has no type: write 'param " + name + " BIGINT' (types: "
                            + String.join(", ", ParameterType.names()) + ")"));
            return new ParameterLine(line, untyped);
        }
        if (!ParameterType.names().contains(typeName)) {
            problems.add(new Problem(
                    file,
                    line,
                    "parameter '" + name + "' has the unknown type '" + typeName + "'"
                            + Nearest.hint(typeName.replaceAll("\\(.*", ""), ParameterType.names())));
            return new ParameterLine(line, untyped);
        }
        ParameterType type = ParameterType.valueOf(typeName);
        String rest = matcher.group(3);
        Matcher defaults = DEFAULT.matcher(rest);
        if (!rest.startsWith("=")) {
            return new ParameterLine(line, new Parameter(name, type, true, null, rest, inPath));
        }
        if (!defaults.matches()) {
            problems.add(new Problem(
                    file, line, "parameter '" + name + "' has no default after '=': write one or remove the '='"));
            return new ParameterLine(line, untyped);
        }
        if (inPath) {
            problems.add(new Problem(
                    file, line, "path parameter '" + name + "' is always given: remove '= " + defaults.group(1) + "'"));
        }
        Object value = defaultValue(file, line, name, type, defaults.group(1), problems);
        return new ParameterLine(line, new Parameter(name, type, inPath, value, defaults.group(2), inPath));
    }

    private static @Nullable Object defaultValue(
            String file, int line, String name, ParameterType type, String literal, List<Problem> problems) {
        if (literal.equals("NULL")) {
            return null;
        }
        boolean quoted = literal.length() > 1 && literal.startsWith("'") && literal.endsWith("'");
        String text = quoted ? literal.substring(1, literal.length() - 1).replace("''", "'") : literal;
        if (type == ParameterType.STRING && !quoted) {
            problems.add(new Problem(
                    file, line, "default " + literal + " of parameter '" + name + "' is text: write it in quotes"));
            return null;
        }
        Object value = type.read(text).orElse(null);
        if (value == null) {
            problems.add(new Problem(
                    file,
                    line,
                    "default " + literal + " of parameter '" + name + "' is no " + type + ": expected "
                            + type.expected() + ", or NULL"));
        }
        return value;
    }
}
