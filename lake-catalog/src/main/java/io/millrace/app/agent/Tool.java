package io.millrace.app.agent;

import java.util.List;

/**
 * A parameterised query a model may call.
 *
 * @param sql one SELECT with a {@code ?} for each entry of {@code parameters}
 * @param parameters the argument each {@code ?} stands for
 */
public record Tool(String name, String description, String sql, List<String> parameters, List<Argument> arguments) {
    public Tool {
        parameters = List.copyOf(parameters);
        arguments = List.copyOf(arguments);
    }

    /**
     * An argument.
     *
     * @param type as in an endpoint's header: BIGINT, STRING, …
     * @param bound whether it is taken from the trigger row's column of that name; the model neither sees nor sets it
     */
    public record Argument(String name, String type, String description, boolean bound) {}

    /** What the model may set. */
    public List<Argument> open() {
        return arguments.stream().filter(argument -> !argument.bound()).toList();
    }
}
