package io.millrace.models.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fills a schema: what the schema fixes (braces, names, commas) is written as it is, the model decides the rest under a
 * grammar. So it reads the fixed parts as it would have read them in training, and spends no time on them.
 */
public final class Filling {
    /** Continues a text under a grammar. */
    public interface Model {
        /** @param written the JSON so far */
        Piece next(String written, String grammar);
    }

    /**
     * What follows.
     *
     * @param whole whether the grammar came to its end
     */
    public record Piece(String text, boolean whole) {}

    /** @param whole whether all of the JSON is there */
    public record Result(String json, boolean whole) {}

    /** There was no room for all of the answer. */
    private static final class OutOfRoom extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final Model model;
    private final StringBuilder json = new StringBuilder();

    private Filling(Model model) {
        this.model = model;
    }

    public static Result fill(Schema schema, Model model) {
        Filling filling = new Filling(model);
        try {
            filling.value(schema);
            return new Result(filling.json.toString(), true);
        } catch (OutOfRoom e) {
            return new Result(filling.json.toString(), false);
        }
    }

    private void value(Schema schema) throws OutOfRoom {
        if (schema instanceof Schema.Fields fields) {
            fields(fields.fields());
        } else if (schema instanceof Schema.Choice choice) {
            choice(choice.literals());
        } else if (schema instanceof Schema.Text text) {
            json.append('"');
            json.append(decide(Grammar.restOfText(text)));
        } else if (schema instanceof Schema.Items items
                && Grammar.opener(items.item()).isPresent()) {
            items(items, Grammar.opener(items.item()).get());
        } else if (schema instanceof Schema.OneOf oneOf
                && oneOf.options().stream().allMatch(Filling::opensApart)) {
            oneOf(oneOf.options());
        } else {
            json.append(decide(Grammar.expression(schema)));
        }
    }

    private void fields(List<Schema.Field> fields) throws OutOfRoom {
        json.append('{');
        String comma = "";
        int next = 0;
        while (next < fields.size()) {
            next = present(fields, next, comma);
            if (next < fields.size()) {
                Schema.Field field = fields.get(next++);
                json.append(comma).append(Grammar.key(field));
                value(field.value());
                comma = ", ";
            }
        }
        json.append('}');
    }

    /** The next field that is there: those that are not required the model may pass over. */
    private int present(List<Schema.Field> fields, int from, String comma) throws OutOfRoom {
        if (fields.get(from).required()) {
            return from;
        }
        List<String> texts = new ArrayList<>();
        int at = from;
        while (at < fields.size() && !fields.get(at).required()) {
            texts.add(comma + Grammar.key(fields.get(at++)));
        }
        texts.add(at < fields.size() ? comma + Grammar.key(fields.get(at)) : "}");
        return from + texts.indexOf(decide(Grammar.alternatives(texts)));
    }

    private void items(Schema.Items items, String opener) throws OutOfRoom {
        json.append('[');
        if (items.maxItems() > 0
                && (items.minItems() > 0
                        || decide(Grammar.alternatives(List.of("]", opener))).equals(opener))) {
            value(items.item());
            int count = 1;
            while (count < items.minItems()
                    || count < items.maxItems()
                            && decide(Grammar.alternatives(List.of("]", ", "))).equals(", ")) {
                json.append(", ");
                value(items.item());
                count++;
            }
        }
        json.append(']');
    }

    private void oneOf(List<Schema> options) throws OutOfRoom {
        List<String> texts = new ArrayList<>();
        for (Schema option : options) {
            if (option instanceof Schema.Choice choice) {
                texts.addAll(choice.literals());
            } else {
                texts.add(Grammar.opener(option).orElseThrow());
            }
        }
        String chosen = decide(Grammar.alternatives(texts));
        Optional<Schema> opened = options.stream()
                .filter(option -> !(option instanceof Schema.Choice))
                .filter(option -> Grammar.opener(option).orElseThrow().equals(chosen))
                .findFirst();
        if (opened.isPresent()) {
            value(opened.get());
        } else {
            json.append(chosen);
        }
    }

    private void choice(List<String> literals) throws OutOfRoom {
        if (literals.size() == 1) {
            json.append(literals.get(0));
        } else if (literals.stream().allMatch(JsonText::isString)) {
            json.append('"');
            json.append(decide(Grammar.alternatives(
                    literals.stream().map(literal -> literal.substring(1)).toList())));
        } else {
            json.append(decide(Grammar.alternatives(literals)));
        }
    }

    /** Whether the first character tells this option from the others: literals are no strings, the rest no numbers. */
    private static boolean opensApart(Schema option) {
        return option instanceof Schema.Choice choice
                ? choice.literals().stream().noneMatch(JsonText::isString)
                : !(option instanceof Schema.OneOf) && Grammar.opener(option).isPresent();
    }

    private String decide(String expression) throws OutOfRoom {
        Piece piece = model.next(json.toString(), Grammar.of(expression));
        if (!piece.whole()) {
            json.append(piece.text());
            throw new OutOfRoom();
        }
        return piece.text();
    }
}
