package io.millrace.agent.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.agent.tool.ToolFailed;
import io.millrace.agent.tool.ToolRunner;
import io.millrace.app.agent.Tool;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers a model's tool calls. */
final class ToolDialogue {
    private final List<Tool> tools;
    private final ToolRunner runner;
    private final Duration limit;

    ToolDialogue(List<Tool> tools, ToolRunner runner, Duration limit) {
        this.tools = tools;
        this.runner = runner;
        this.limit = limit;
    }

    /**
     * Makes the calls of a model's message and puts their results into the work.
     *
     * @return whether there were any
     */
    boolean answer(Work work, JsonNode message, String input) throws InterruptedException {
        JsonNode calls = message.path("tool_calls");
        if (calls.isEmpty()) {
            return false;
        }
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("role", "assistant");
        said.put("content", "");
        said.put("tool_calls", Work.JSON.convertValue(calls, Object.class));
        work.messages.add(said);
        for (JsonNode call : calls) {
            String name = call.path("function").path("name").asText();
            String arguments = call.path("function").path("arguments").asText();
            long start = System.nanoTime();
            String result;
            try {
                result = call(work, name, arguments, input);
                work.facts.add(result);
            } catch (ToolFailed e) {
                result = e.getMessage();
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            work.steps.add(new Step(name, "tool", null, null, false, arguments + " → " + result, 0, millis));
            work.messages.add(
                    Map.of("role", "tool", "tool_call_id", call.path("id").asText(), "content", result));
        }
        return true;
    }

    private String call(Work work, String name, String json, String input) throws ToolFailed, InterruptedException {
        Tool tool = tools.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ToolFailed("there is no tool '" + name + "', only "
                        + tools.stream().map(Tool::name).toList()));
        JsonNode arguments = parse(name, json);
        for (Tool.Argument argument : tool.open()) {
            requireFromInput(name, argument, arguments.path(argument.name()), input);
        }
        List<Map<String, @Nullable String>> rows = runner.call(tool, arguments, work.event.row, limit);
        if (rows.isEmpty()) {
            return name + " " + arguments + ": nothing found";
        }
        work.toolRows.putIfAbsent(name, rows.get(0));
        tool.open()
                .forEach(argument -> work.knownArguments.putIfAbsent(
                        argument.name(), arguments.path(argument.name()).asText()));
        return rows.stream().map(row -> name + ": " + Work.text(row)).collect(Collectors.joining("\n"));
    }

    private static JsonNode parse(String name, String json) throws ToolFailed {
        try {
            return Work.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ToolFailed("tool " + name + ": arguments are no JSON: " + json);
        }
    }

    /** A number the text does not hold was made up, or put in by somebody: nothing is looked up by it. */
    private static void requireFromInput(String tool, Tool.Argument argument, JsonNode value, String input)
            throws ToolFailed {
        if (argument.like() != null) {
            List<String> known = Matches.of(argument.like(), input);
            if (!known.contains(value.asText())) {
                throw new ToolFailed(
                        "tool " + tool + ": " + argument.name() + " " + value + " is none of the text's " + known);
            }
        }
        boolean number = argument.type().equals("BIGINT") || argument.type().equals("INT");
        if (number && value.isValueNode()) {
            Pattern whole = Pattern.compile("(?<!\\d)" + Pattern.quote(value.asText()) + "(?!\\d)");
            if (!whole.matcher(input).find()) {
                throw new ToolFailed(
                        "tool " + tool + ": " + argument.name() + " " + value + " does not stand in the text");
            }
        }
    }
}
