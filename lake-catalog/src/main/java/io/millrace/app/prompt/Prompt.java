package io.millrace.app.prompt;

import io.millrace.app.AppException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt file: messages for a model, {@code {name}} standing for a value that is put in.
 *
 * @param name path within the app or agent, its version in the name: {@code prompts/reply.v1.md}
 * @param messages at least one, the last of the user
 */
public record Prompt(String name, List<Message> messages) {
    private static final Pattern ROLE = Pattern.compile("(?m)^--- (\\w+)[ \\t]*\\R");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_][a-z0-9_]*)}");
    private static final List<String> ROLES = List.of("system", "user", "assistant");

    public Prompt {
        messages = List.copyOf(messages);
    }

    /** @param role system, user or assistant */
    public record Message(String role, String text) {}

    /**
     * Messages begin with lines such as {@code --- system}; a text without such a line is one message of the user.
     *
     * @param file path for complaints
     */
    public static Prompt parse(String name, String file, String text) {
        List<Message> messages = new ArrayList<>();
        List<MatchResult> heads = ROLE.matcher(text).results().toList();
        if (heads.isEmpty()) {
            messages.add(new Message("user", text.strip()));
        } else if (!text.substring(0, heads.get(0).start()).isBlank()) {
            throw new AppException(file, 1, "text before the first '--- role' line: begin with '--- system'");
        }
        for (int i = 0; i < heads.size(); i++) {
            String role = heads.get(i).group(1).toLowerCase(Locale.ROOT);
            int line = (int) text.substring(0, heads.get(i).start()).lines().count() + 1;
            if (!ROLES.contains(role)) {
                throw new AppException(file, line, "unknown role '" + role + "': use system, user or assistant");
            }
            int end = i + 1 < heads.size() ? heads.get(i + 1).start() : text.length();
            messages.add(
                    new Message(role, text.substring(heads.get(i).end(), end).strip()));
        }
        if (!messages.get(messages.size() - 1).role().equals("user")) {
            throw new AppException(file, 0, "the last message must be the user's: end with '--- user'");
        }
        return new Prompt(name, messages);
    }

    /** Names in braces. */
    public Set<String> placeholders() {
        Set<String> names = new LinkedHashSet<>();
        for (Message message : messages) {
            PLACEHOLDER.matcher(message.text()).results().forEach(found -> names.add(found.group(1)));
        }
        return names;
    }

    /** The messages with values put in; a value is text, never read for placeholders itself. */
    public List<Message> fill(Function<String, String> values) {
        return messages.stream()
                .map(message -> new Message(
                        message.role(),
                        PLACEHOLDER
                                .matcher(message.text())
                                .replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))))))
                .toList();
    }

    public List<Message> fill(Map<String, String> values) {
        return fill(name -> values.getOrDefault(name, ""));
    }
}
