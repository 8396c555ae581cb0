package io.millrace.app.endpoint;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a parameter's text must look like, and the Java value it becomes. */
public enum ParameterType {
    STRING("text", Pattern.compile(".*", Pattern.DOTALL)),
    INT("a whole number from -2147483648 to 2147483647", Pattern.compile("[+-]?[0-9]{1,10}")),
    BIGINT("a whole number from -9223372036854775808 to 9223372036854775807", Pattern.compile("[+-]?[0-9]{1,19}")),
    // Bounded on purpose: an exponent would let a short text grow into gigabytes of digits.
    DECIMAL(
            "a decimal number of at most 38 digits such as 12.50",
            Pattern.compile("(?=(?:[^0-9]*[0-9]){1,38}[^0-9]*$)[+-]?[0-9]+(?:\\.[0-9]+)?")),
    DOUBLE(
            "a finite number such as 0.5 or 1e-3",
            Pattern.compile("[+-]?[0-9]{1,40}(?:\\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?")),
    BOOLEAN("true or false", Pattern.compile("true|false")),
    DATE("a date such as 2026-01-31", Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")),
    TIMESTAMP(
            "a time such as 2026-01-31T18:30:00Z, UTC unless it names an offset",
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"
                    + "(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"));

    private final String expected;
    private final Pattern shape;

    ParameterType(String expected, Pattern shape) {
        this.expected = expected;
        this.shape = shape;
    }

    /** The words that finish "expected …". */
    public String expected() {
        return expected;
    }

    /**
     * The value: String, Integer, Long, BigDecimal, Double, Boolean, LocalDate or Instant; empty when the text is none
     * of this type.
     */
    public Optional<Object> read(String text) {
        if (!shape.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(value(text));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(ParameterType::name).toList();
    }

    private Object value(String text) {
        return switch (this) {
            case STRING -> text;
            case INT -> Integer.valueOf(text);
            case BIGINT -> Long.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case DOUBLE -> finite(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> instant(text);
        };
    }

    private static Double finite(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new NumberFormatException("out of range");
        }
        return value;
    }

    private static Instant instant(String text) {
        String iso = text.replace(' ', 'T');
        if (iso.length() == 10) {
            return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        boolean zoned = iso.endsWith("Z") || iso.substring(11).matches(".*[+-].*");
        return zoned
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }
}
