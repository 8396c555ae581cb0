package io.millrace.app;

import io.millrace.app.sql.Statement;
import io.millrace.app.sql.Token;
import io.millrace.app.sql.WithClause;
import io.millrace.service.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A {@code CREATE MODEL … WITH ('provider' = 'millrace', …)} of a pipeline, and the prompt file it names. */
final class ModelStatement {
    /** As the provider reads a prompt: {column}, and {{name}} for {name} as it is. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[A-Za-z_]\\w*\\}\\}|\\{([A-Za-z_]\\w*)\\}");

    private static final String PROMPT_TEXT = "prompt-text";

    private final Path folder;
    private final Pipeline pipeline;
    private final Statement statement;
    private final WithClause with;

    private ModelStatement(Path folder, Pipeline pipeline, Statement statement, WithClause with) {
        this.folder = folder;
        this.pipeline = pipeline;
        this.statement = statement;
        this.with = with;
    }

    /** Empty when the statement creates no model of ours. */
    static Optional<ModelStatement> of(App app, Pipeline pipeline, Statement statement) {
        if (!statement.startsWith("CREATE", "MODEL") && !statement.startsWith("CREATE", "TEMPORARY", "MODEL")) {
            return Optional.empty();
        }
        return WithClause.of(statement)
                .filter(with -> "millrace".equals(with.options().get("provider")))
                .map(with -> new ModelStatement(app.folder(), pipeline, statement, with));
    }

    /**
     * The statement with what its author may leave out: the prompt's text, the gateway and who asks.
     *
     * @throws AppException when the prompt cannot be read or names a column that is no input
     */
    String complete(String gateway) {
        Map<String, String> added = new LinkedHashMap<>();
        if (!with.options().containsKey(PROMPT_TEXT)) {
            added.put(PROMPT_TEXT, promptText());
        }
        added.put("gateway", gateway);
        added.put("caller", pipeline.name());
        added.keySet().removeAll(with.options().keySet());
        StringBuilder options = new StringBuilder();
        added.forEach((key, value) -> options.append(",\n'")
                .append(key)
                .append("' = '")
                .append(value.replace("'", "''"))
                .append("'"));
        return new StringBuilder(statement.text()).insert(with.end(), options).toString();
    }

    private String promptText() {
        String prompt = with.options().get("prompt");
        if (prompt == null) {
            throw new AppException(
                    pipeline.sql().file(), statement.line(), "model has no prompt: add 'prompt' = 'prompts/NAME.md'");
        }
        int line = with.lines().getOrDefault("prompt", statement.line());
        Path file = folder.resolve(prompt).normalize();
        if (!file.startsWith(folder)) {
            throw new AppException(
                    pipeline.sql().file(),
                    line,
                    "prompt '" + prompt + "' lies outside the app folder: move it to prompts/");
        }
        if (!Files.isRegularFile(file)) {
            throw new AppException(
                    pipeline.sql().file(),
                    line,
                    "no such prompt file: " + prompt + Nearest.hint(prompt, prompts(file)));
        }
        try {
            String text = Files.readString(file);
            check(shown(prompt), text);
            return text;
        } catch (IOException e) {
            throw new AppException(shown(prompt), 0, "cannot be read as UTF-8 text: " + e.getMessage());
        }
    }

    private void check(String file, String text) {
        List<String> inputs = inputs();
        List<Problem> problems = new ArrayList<>();
        boolean used = false;
        int line = 0;
        for (String content : text.lines().toList()) {
            line++;
            Matcher matcher = PLACEHOLDER.matcher(content);
            while (matcher.find()) {
                String column = matcher.group(1);
                used |= column != null && inputs.contains(column);
                if (column != null && !inputs.contains(column)) {
                    problems.add(new Problem(
                            file,
                            line,
                            "{" + column + "} is no INPUT column of the model in "
                                    + pipeline.sql().file() + Nearest.hint(column, inputs)));
                }
            }
        }
        if (problems.isEmpty() && !used) {
            problems.add(new Problem(
                    file,
                    0,
                    "names no INPUT column of the model in " + pipeline.sql().file() + ": write {"
                            + String.join("}, {", inputs) + "} where the value belongs"));
        }
        if (!problems.isEmpty()) {
            throw new AppException(problems);
        }
    }

    /** Names of the columns in {@code INPUT (…)}. */
    private List<String> inputs() {
        List<Token> tokens = statement.tokens();
        List<String> names = new ArrayList<>();
        int begin = 0;
        while (begin + 1 < tokens.size()
                && !(tokens.get(begin).is("INPUT") && tokens.get(begin + 1).is("("))) {
            begin++;
        }
        int depth = 0;
        for (int i = begin + 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (depth == 1
                    && token.isIdentifier()
                    && (tokens.get(i - 1).is("(") || tokens.get(i - 1).is(","))) {
                names.add(token.text());
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0) {
                break;
            }
        }
        return names;
    }

    /** The files beside the one that is missing, or those in prompts/. */
    private List<String> prompts(Path missing) {
        Path beside = missing.getParent();
        Path directory = Files.isDirectory(beside) ? beside : folder.resolve("prompts");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw new AppException(directory.toString(), 0, "cannot be read: " + e.getMessage());
        }
    }

    /** The file as the pipeline's own is shown. */
    private String shown(String prompt) {
        return Path.of(pipeline.sql().file())
                .resolveSibling("../" + prompt)
                .normalize()
                .toString();
    }
}
