package io.millrace.api.endpoint;

import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.sql.Call;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.Parameter;
import io.millrace.service.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a request's texts into the typed values of an endpoint's parameters. */
final class RequestParameters {
    private RequestParameters() {}

    /** @throws ProblemException naming the parameter, its value, what is expected and the fix */
    static Call read(Endpoint endpoint, Map<String, String> path, Map<String, List<String>> query) {
        List<String> known = endpoint.parameters().stream()
                .filter(parameter -> !parameter.inPath())
                .map(Parameter::name)
                .toList();
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                throw new ProblemException(
                        ProblemCode.UNKNOWN_PARAMETER,
                        "unknown parameter '" + name + "'"
                                + (known.isEmpty()
                                        ? ": " + endpoint.path() + " takes none in its query string"
                                        : Nearest.hint(name, known)));
            }
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Parameter parameter : endpoint.parameters()) {
            List<String> given = parameter.inPath()
                    ? List.of(path.getOrDefault(parameter.name(), ""))
                    : query.getOrDefault(parameter.name(), List.of());
            values.put(parameter.name(), value(parameter, given));
        }
        return new Call(endpoint, values);
    }

    private static @Nullable Object value(Parameter parameter, List<String> given) {
        if (given.isEmpty()) {
            if (parameter.required()) {
                throw new ProblemException(
                        ProblemCode.MISSING_PARAMETER,
                        "parameter '" + parameter.name() + "' (" + parameter.type() + ") is missing: add ?"
                                + parameter.name() + "=…, " + parameter.type().expected());
            }
            return parameter.defaultValue();
        }
        if (given.size() > 1) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "parameter '" + parameter.name() + "' is given " + given.size() + " times: give it once");
        }
        String text = given.get(0);
        return parameter
                .type()
                .read(text)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_PARAMETER,
                        "parameter '" + parameter.name() + "' has the value '" + shortened(text) + "': expected "
                                + parameter.type() + ", " + parameter.type().expected()
                                + (text.isEmpty() && !parameter.required() ? ", or leave it out" : "")));
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
