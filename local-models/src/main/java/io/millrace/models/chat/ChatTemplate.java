package io.millrace.models.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes conversations in ChatML, the form SmolLM2 was trained on. */
final class ChatTemplate {
    /** All control tokens of the vocabulary; in a message they could end it and begin one in another role. */
    private static final Pattern CONTROL = Pattern.compile(
            "<\\|(im_start|im_end|endoftext)\\|>|<(repo_name|reponame|file_sep|filename|gh_stars|issue_start"
                    + "|issue_comment|issue_closed|jupyter_start|jupyter_text|jupyter_code|jupyter_output"
                    + "|jupyter_script|empty_output)>");

    private ChatTemplate() {}

    /**
     * As the model was trained to read conversations. Without a system message there is none: the one it was trained
     * with makes its answers worse.
     *
     * @param instruction follows the system message; empty for none
     */
    static Prompt turns(List<Message> messages, String instruction) {
        String system = system(messages, instruction);
        List<String> turns = new ArrayList<>();
        for (Message message : spoken(messages)) {
            turns.add(turn(message.role() == Message.Role.ASSISTANT ? "assistant" : "user", text(message)));
        }
        int last = turns.size() - 1;
        String opening = (system.isEmpty() ? "" : turn("system", system)) + String.join("", turns.subList(0, last));
        return new Prompt(opening, turns.get(last) + "<|im_start|>assistant\n");
    }

    /** As plain text: of examples written like this the model learns more than of the same ones in turns. */
    static Prompt examples(List<Message> messages) {
        StringBuilder opening = new StringBuilder(system(messages, ""));
        String gap = opening.isEmpty() ? "" : "\n\n";
        List<Message> spoken = spoken(messages);
        for (Message message : spoken.subList(0, spoken.size() - 1)) {
            opening.append(gap).append(text(message));
            gap = message.role() == Message.Role.ASSISTANT ? "\n\n" : "\n";
        }
        return new Prompt(opening.toString(), gap + text(spoken.get(spoken.size() - 1)) + "\n");
    }

    /** Without control tokens, and without those that taking one out puts together. */
    static String clean(String text) {
        String before = text;
        String after = CONTROL.matcher(before).replaceAll("");
        while (!after.equals(before)) {
            before = after;
            after = CONTROL.matcher(before).replaceAll("");
        }
        return after.strip();
    }

    private static String turn(String role, String text) {
        return "<|im_start|>" + role + "\n" + text + "<|im_end|>\n";
    }

    private static String system(List<Message> messages, String instruction) {
        return Stream.concat(
                        messages.stream()
                                .filter(message -> message.role() == Message.Role.SYSTEM)
                                .map(Message::text),
                        Stream.of(instruction))
                .map(ChatTemplate::clean)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static List<Message> spoken(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.role() != Message.Role.SYSTEM)
                .toList();
    }

    private static String text(Message message) {
        String calls = message.calls().stream()
                .map(call -> "\n" + call.name() + " " + call.arguments())
                .collect(Collectors.joining());
        return clean((message.role() == Message.Role.TOOL ? "Result: " : "") + message.text() + calls);
    }
}
