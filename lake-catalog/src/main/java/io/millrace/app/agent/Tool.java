package io.millrace.app.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * @param like regular expression of the values it may have, of which only those that stand in the input are taken; null
     *     for any
     * @param bound whether it is taken from the trigger row's column of that name; the model neither sees nor sets it
     */
    public record Argument(
            String name, String type, @Nullable String like, String description, boolean bound) {}

    /** What the model may set. */
    public List<Argument> open() {
        return arguments.stream().filter(argument -> !argument.bound()).toList();
    }
}
