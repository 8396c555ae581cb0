package io.millrace.agent.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.agent.model.CallFailed;
import io.millrace.agent.model.ModelAnswer;
import io.millrace.app.agent.OutputColumn;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From a model's text to a column's value. */
public final class OutputValues {
    private OutputValues() {}

    /**
     * The text as the Java value of an output column's type.
     *
     * @throws IllegalArgumentException when it is none
     * @throws DateTimeParseException when it is none
     */
    public static Object typed(String type, String text) {
        return switch (type) {
            case "INT" -> Integer.valueOf(text);
            case "BIGINT" -> Long.valueOf(text);
            case "DOUBLE" -> Double.valueOf(text);
            case "BOOLEAN" -> bool(text);
            case "TIMESTAMP_LTZ(3)" -> instant(text);
            default -> text;
        };
    }

    /** The property of an answer that is a JSON object. */
    static String property(ModelAnswer answer, String name) throws CallFailed {
        try {
            JsonNode value = Work.JSON.readTree(answer.content()).path(name);
            if (value.isValueNode()) {
                return value.asText();
            }
        } catch (JsonProcessingException e) {
            throw new CallFailed("call " + answer.call() + " answered no JSON: " + answer.content());
        }
        throw new CallFailed("call " + answer.call() + " answered without '" + name + "': " + answer.content());
    }

    /** A text cut off by the token limit ends with its last whole sentence. */
    static String wholeSentences(ModelAnswer answer) {
        String text = answer.content();
        int end = Math.max(text.lastIndexOf('.'), Math.max(text.lastIndexOf('!'), text.lastIndexOf('?')));
        return answer.isCut() && end > 0 ? text.substring(0, end + 1) : text;
    }

    /**
     * The value if the column can hold it.
     *
     * @throws CallFailed saying what does not fit
     */
    static @Nullable String checked(OutputColumn column, @Nullable String value) throws CallFailed {
        if (value == null || value.isBlank()) {
            if (column.optional()) {
                return null;
            }
            throw new CallFailed("column '" + column.name() + "' stayed empty and is not optional");
        }
        if (!column.oneOf().isEmpty() && !column.oneOf().contains(value)) {
            throw new CallFailed("column '" + column.name() + "' got '" + value + "', none of " + column.oneOf());
        }
        try {
            if (typed(column.type(), value) instanceof Number number && !isWithin(column, number.doubleValue())) {
                throw new CallFailed("column '" + column.name() + "' got " + value + ", not from " + column.min()
                        + " to " + column.max());
            }
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new CallFailed("column '" + column.name() + "' got '" + value + "', no " + column.type());
        }
        return value;
    }

    private static boolean isWithin(OutputColumn column, double number) {
        return (column.min() == null || number >= column.min()) && (column.max() == null || number <= column.max());
    }

    /** The SQL server writes 1 and 0. */
    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("no BOOLEAN: " + text);
        };
    }

    private static Instant instant(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T').replaceAll("Z$", "")).toInstant(ZoneOffset.UTC);
    }
}
