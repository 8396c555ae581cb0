package io.millrace.models.schema;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes schemas as grammars in llama.cpp's notation: one space after colon and comma, no other. */
final class Grammar {
    private static final String CHARACTER = "[^\"\\\\\\x00-\\x1f\\x7f]";
    private static final String TEXT = "\"\\\"\" " + CHARACTER + "{0,120} \"\\\"\"";
    private static final String WHOLE = "\"-\"? (\"0\" | [1-9] [0-9]{0,14})";
    private static final String FRACTION = "(\".\" [0-9]{1,6})?";

    /** Rules for values of any shape; llama.cpp ignores those that are not used. */
    private static final String RULES = "\nany ::= object | array | text | number | \"true\" | \"false\" | \"null\""
            + "\nobject ::= \"{}\" | filled"
            + "\nfilled ::= \"{\" text \": \" any (\", \" text \": \" any){0,15} \"}\""
            + "\narray ::= \"[\" (any (\", \" any){0,15})? \"]\""
            + "\ntext ::= " + TEXT
            + "\nnumber ::= " + WHOLE + " " + FRACTION + "\n";

    private Grammar() {}

    /** A whole grammar of one expression. */
    static String of(String expression) {
        return "root ::= " + expression + RULES;
    }

    /** One of these texts. */
    static String alternatives(List<String> literals) {
        return literals.stream().map(Grammar::quote).collect(Collectors.joining(" | ", "(", ")"));
    }

    /** What follows the opening quote of a string, with its closing one. */
    static String restOfText(Schema.Text text) {
        return CHARACTER + "{" + text.minLength() + "," + text.maxLength() + "} \"\\\"\"";
    }

    /** The one text that values of a schema begin with, where there is one. */
    static Optional<String> opener(Schema schema) {
        if (schema instanceof Schema.Text
                || schema instanceof Schema.Choice choice
                        && choice.literals().stream().allMatch(JsonText::isString)) {
            return Optional.of("\"");
        }
        if (schema instanceof Schema.Fields || schema instanceof Schema.AnyObject) {
            return Optional.of("{");
        }
        return schema instanceof Schema.Items ? Optional.of("[") : Optional.empty();
    }

    /** What the schema allows. */
    static String expression(Schema schema) {
        if (schema instanceof Schema.Choice choice) {
            return alternatives(choice.literals());
        }
        if (schema instanceof Schema.Text text) {
            return "\"\\\"\" " + restOfText(text);
        }
        if (schema instanceof Schema.Whole whole) {
            return whole.minimum() == null && whole.maximum() == null
                    ? "(" + WHOLE + ")"
                    : IntegerRange.between(whole.minimum(), whole.maximum());
        }
        if (schema instanceof Schema.Decimal decimal) {
            return decimal(decimal);
        }
        if (schema instanceof Schema.OneOf oneOf) {
            return oneOf.options().stream().map(Grammar::expression).collect(Collectors.joining(" | ", "(", ")"));
        }
        if (schema instanceof Schema.Items items) {
            return items(items);
        }
        if (schema instanceof Schema.Fields fields) {
            return "\"{\" " + fields(fields.fields(), true) + " \"}\"";
        }
        return schema instanceof Schema.AnyObject ? "filled" : "any";
    }

    private static String decimal(Schema.Decimal decimal) {
        BigInteger minimum = decimal.minimum();
        BigInteger maximum = decimal.maximum();
        if (minimum == null || maximum == null) {
            return "number";
        }
        return minimum.equals(maximum)
                ? quote(maximum.toString())
                : "(" + IntegerRange.between(minimum, maximum.subtract(BigInteger.ONE)) + " " + FRACTION + " | "
                        + quote(maximum.toString()) + ")";
    }

    private static String items(Schema.Items items) {
        if (items.maxItems() == 0) {
            return quote("[]");
        }
        String item = expression(items.item());
        String list = item + " (\", \" " + item + "){" + Math.max(0, items.minItems() - 1) + ","
                + (items.maxItems() - 1) + "}";
        return "\"[\" " + (items.minItems() == 0 ? "(" + list + ")?" : list) + " \"]\"";
    }

    /** @param first whether nothing stands before these fields, so that no comma is needed */
    private static String fields(List<Schema.Field> fields, boolean first) {
        if (fields.isEmpty()) {
            return "";
        }
        Schema.Field field = fields.get(0);
        List<Schema.Field> rest = fields.subList(1, fields.size());
        String own = quote((first ? "" : ", ") + key(field)) + " " + expression(field.value());
        if (field.required()) {
            return own + " " + fields(rest, false);
        }
        return first
                ? "(" + own + " " + fields(rest, false) + " | " + orNothing(fields(rest, true)) + ")"
                : "(" + own + ")? " + fields(rest, false);
    }

    private static String orNothing(String expression) {
        return expression.isEmpty() ? "\"\"" : expression;
    }

    /** A field's name as it stands in an object. */
    static String key(Schema.Field field) {
        return JsonText.quote(field.name()) + ": ";
    }

    private static String quote(String literal) {
        return "\"" + literal.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
