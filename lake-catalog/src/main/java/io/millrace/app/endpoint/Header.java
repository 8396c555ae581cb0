package io.millrace.app.endpoint;

import io.millrace.app.Problem;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The comment lines on top of an endpoint file: method and path, description, parameters, options. */
final class Header {
    private static final Pattern METHOD = Pattern.compile("([A-Za-z]+)\\s+(/\\S*)");
    private static final Pattern SEGMENT = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}|[A-Za-z0-9._~-]+");
    private static final Pattern OPTION =
            Pattern.compile("(one) row|(cache) ([0-9]{1,5}) ?(s|min)|(role) ([A-Za-z_]+)");
    private static final Pattern ALMOST_OPTION = Pattern.compile("[A-Za-z]+ [0-9]+ ?[A-Za-z]+");
    private static final List<String> OPTIONS = List.of("one row", "cache 5 s", "role reader");

    private final String file;
    private final List<Problem> problems;
    private final Map<String, ParameterLine> parameters = new LinkedHashMap<>();
    private final Set<String> pathParameters = new LinkedHashSet<>();
    private final List<String> description = new ArrayList<>();
    private final Set<String> options = new LinkedHashSet<>();
    private @Nullable String method;
    private String path = "";
    private int methodLine;
    private boolean described;
    private int cacheSeconds;

    Header(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** @param text the line without its dashes */
    void read(int line, String text) {
        if (method == null) {
            readMethod(line, text);
        } else if (text.equals("param") || text.startsWith("param ")) {
            described = true;
            readParameter(line, text);
        } else if (described || optionLine(text)) {
            described = true;
            readOptions(line, text);
        } else {
            description.add(text);
        }
    }

    void end(int line) {
        if (method == null) {
            problem(line, "no method line: begin the file with a line such as '-- GET /v1/customers/{customer_id}'");
        }
        for (String name : pathParameters) {
            if (!parameters.containsKey(name)) {
                problem(
                        methodLine,
                        "path parameter '" + name + "' has no type: add the line '-- param " + name + " BIGINT'");
            }
        }
    }

    String path() {
        return path;
    }

    String description() {
        return String.join("\n", description).strip();
    }

    boolean oneRow() {
        return options.contains("one");
    }

    int cacheSeconds() {
        return cacheSeconds;
    }

    Map<String, ParameterLine> parameters() {
        return parameters;
    }

    private void readMethod(int line, String text) {
        methodLine = line;
        method = "";
        Matcher matcher = METHOD.matcher(text);
        if (!matcher.matches()) {
            problem(
                    line,
                    "no method line: the first line is '" + text
                            + "', put one such as '-- GET /v1/customers/{customer_id}' above it");
            return;
        }
        path = matcher.group(2);
        method = matcher.group(1);
        if (!method.equals("GET")) {
            problem(line, "unknown method '" + method + "': an endpoint reads, write 'GET " + path + "'");
        }
        readPath(line);
    }

    private void readPath(int line) {
        if (!path.matches("/v[0-9]+/.+")) {
            problem(line, "path '" + path + "' has no version: begin it with /v1/");
            return;
        }
        for (String segment : path.substring(1).split("/", -1)) {
            Matcher matcher = SEGMENT.matcher(segment);
            if (!matcher.matches()) {
                problem(
                        line,
                        "path '" + path + "' has the segment '" + segment
                                + "': write letters, digits, '-', '_', '.', or one {parameter}");
            } else if (matcher.group(1) != null && !pathParameters.add(matcher.group(1))) {
                problem(line, "path '" + path + "' names '" + matcher.group(1) + "' twice: rename one");
            }
        }
    }

    private void readParameter(int line, String text) {
        ParameterLine parameter = ParameterLine.read(file, line, text, pathParameters, problems);
        if (parameter == null) {
            return;
        }
        ParameterLine first = parameters.putIfAbsent(parameter.name(), parameter);
        if (first != null) {
            problem(
                    line,
                    "parameter '" + parameter.name() + "' is declared twice: remove this line or line " + first.line());
        }
    }

    private static boolean optionLine(String text) {
        for (String item : text.split(",")) {
            if (OPTION.matcher(item.strip()).matches()
                    || ALMOST_OPTION.matcher(item.strip()).matches()) {
                return true;
            }
        }
        return false;
    }

    private void readOptions(int line, String text) {
        if (text.isEmpty()) {
            return;
        }
        for (String item : text.split(",", -1)) {
            Matcher matcher = OPTION.matcher(item.strip());
            if (!matcher.matches()) {
                problem(line, "unknown option '" + item.strip() + "'" + Nearest.hint(item.strip(), OPTIONS));
            } else if (matcher.group(1) != null) {
                once(line, "one");
            } else if (matcher.group(2) != null) {
                once(line, "cache");
                cacheSeconds =
                        Integer.parseInt(matcher.group(3)) * (matcher.group(4).equals("min") ? 60 : 1);
            } else {
                once(line, "role");
                // Any other role would have to be asked for a token, which the API cannot do yet.
                if (!matcher.group(6).equals("reader")) {
                    problem(line, "unknown role '" + matcher.group(6) + "': write 'role reader'");
                }
            }
        }
    }

    private void once(int line, String option) {
        if (!options.add(option)) {
            problem(line, "option '" + option + "' is given twice: remove one");
        }
    }

    private void problem(int line, String message) {
        problems.add(new Problem(file, line, message));
    }
}
