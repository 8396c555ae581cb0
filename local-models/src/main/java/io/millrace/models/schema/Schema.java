package io.millrace.models.schema;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a JSON value may be. */
public sealed interface Schema {
    /** Any JSON value. */
    record Any() implements Schema {}

    /** Any JSON object that is not empty. */
    record AnyObject() implements Schema {}

    /** One of these JSON texts. */
    record Choice(List<String> literals) implements Schema {
        public Choice {
            literals = List.copyOf(literals);
        }
    }

    /** A string of so many characters. */
    record Text(int minLength, int maxLength) implements Schema {}

    /** An integer, bounds included; null for no bound. */
    record Whole(@Nullable BigInteger minimum, @Nullable BigInteger maximum) implements Schema {}

    /** A number; both bounds are whole numbers from 0 and included, or both are null. */
    record Decimal(@Nullable BigInteger minimum, @Nullable BigInteger maximum) implements Schema {}

    /** What one of these may be. */
    record OneOf(List<Schema> options) implements Schema {
        public OneOf {
            options = List.copyOf(options);
        }
    }

    /** A list of so many items. */
    record Items(Schema item, int minItems, int maxItems) implements Schema {}

    /** An object of these fields, in this order. */
    record Fields(List<Field> fields) implements Schema {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /** A field of an object; one that is not required may be left out. */
    record Field(String name, Schema value, boolean required) {}
}
