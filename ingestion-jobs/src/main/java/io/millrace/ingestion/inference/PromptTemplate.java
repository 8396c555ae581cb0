package io.millrace.ingestion.inference;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt's text: messages, in which {@code {column}} stands for an input column and {@code {{name}}} for
 * {@code {name}} as it is. Braces around anything else, JSON say, are text.
 *
 * @param columns the input columns, in the order values are given
 */
record PromptTemplate(List<Message> messages, List<String> columns) implements Serializable {
    private static final Pattern SEPARATOR = Pattern.compile("---\\s+(\\w+)\\s*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\{[A-Za-z_]\\w*\\})\\}|\\{([A-Za-z_]\\w*)\\}");
    private static final List<String> ROLES = List.of("system", "user", "assistant");

    /** One message of a chat. */
    record Message(String role, String text) implements Serializable {}

    /** @throws IllegalArgumentException when it names a role or a column that there is not, or no column at all */
    static PromptTemplate parse(String text, List<String> columns) {
        List<Message> messages = messages(text);
        boolean used = false;
        for (Message message : messages) {
            Matcher matcher = PLACEHOLDER.matcher(message.text());
            while (matcher.find()) {
                String column = matcher.group(2);
                if (column != null && !columns.contains(column)) {
                    throw new IllegalArgumentException(
                            "the prompt's {" + column + "} is no input column (those are " + String.join(", ", columns)
                                    + "): name one, or write {{" + column + "}} to keep it as it is");
                }
                used |= column != null;
            }
        }
        if (!used) {
            throw new IllegalArgumentException(
                    "the prompt names no input column: write {" + columns.get(0) + "} where its value belongs");
        }
        return new PromptTemplate(messages, columns);
    }

    private static List<Message> messages(String text) {
        List<Message> messages = new ArrayList<>();
        String role = "";
        StringBuilder current = new StringBuilder();
        for (String line : text.lines().toList()) {
            Matcher separator = SEPARATOR.matcher(line);
            if (!separator.matches()) {
                current.append(line).append('\n');
                continue;
            }
            if (!ROLES.contains(separator.group(1))) {
                throw new IllegalArgumentException(
                        "the prompt's line '" + line + "' names no role: use one of " + String.join(", ", ROLES));
            }
            add(messages, role, current);
            role = separator.group(1);
            current.setLength(0);
        }
        add(messages, role.isEmpty() && messages.isEmpty() ? "user" : role, current);
        return messages;
    }

    private static void add(List<Message> messages, String role, StringBuilder text) {
        String stripped = text.toString().strip();
        if (!role.isEmpty()) {
            messages.add(new Message(role, stripped));
        } else if (!stripped.isEmpty()) {
            throw new IllegalArgumentException(
                    "the prompt has text before its first '--- …' line: begin it with '--- system' or '--- user'");
        }
    }

    /** The messages with a row's values in them; what looks like a placeholder within a value stays as it is. */
    List<Message> render(List<String> values) {
        return messages.stream()
                .map(message -> new Message(
                        message.role(), PLACEHOLDER.matcher(message.text()).replaceAll(found -> {
                            String literal = found.group(1);
                            return Matcher.quoteReplacement(
                                    literal == null ? values.get(columns.indexOf(found.group(2))) : literal);
                        })))
                .toList();
    }
}
