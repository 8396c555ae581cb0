package io.millrace.models.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.models.api.ApiError;
import io.millrace.models.api.ApiException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON schemas. Understood are type, enum, const, properties, required, items, anyOf, oneOf, local $ref, and bounds
 * of numbers, lengths and items; a keyword that would be broken by ignoring it is an error. With
 * {@code "x-from-input": true} a number without enum is held to the numbers of the last user message.
 */
public final class SchemaReader {
    /** A caller that sets no bound gets answers that end before the context does. */
    private static final int DEFAULT_LENGTH = 240;

    private static final int DEFAULT_ITEMS = 16;
    private static final int DEEPEST = 16;
    private static final List<String> REFUSED = List.of(
            "pattern",
            "not",
            "if",
            "multipleOf",
            "patternProperties",
            "propertyNames",
            "minProperties",
            "prefixItems",
            "contains",
            "dependentRequired",
            "dependentSchemas");

    private final JsonNode root;
    private final InputNumbers numbers;
    private final boolean allFromInput;

    private SchemaReader(JsonNode root, InputNumbers numbers, boolean allFromInput) {
        this.root = root;
        this.numbers = numbers;
        this.allFromInput = allFromInput;
    }

    /**
     * Reads a schema for an answer to an input with these numbers.
     *
     * @throws ApiException when the schema is not understood or a required number is not in the input
     */
    public static Schema read(JsonNode schema, InputNumbers numbers) {
        return new SchemaReader(schema, numbers, false)
                .schema(schema, "the schema", 0)
                .orElseThrow(() -> new ApiException(
                        ApiError.NO_NUMBER_IN_INPUT,
                        "a required field takes a number of the last user message and there is none: allow null"));
    }

    /** Reads a tool's parameters; every number comes from the input. Empty when a required one is not there. */
    public static Optional<Schema> readParameters(JsonNode schema, InputNumbers numbers) {
        return new SchemaReader(schema, numbers, true).schema(schema, "the parameters", 0);
    }

    private Optional<Schema> schema(JsonNode node, String path, int depth) {
        if (depth > DEEPEST) {
            throw ApiException.invalid(path + " nests deeper than " + DEEPEST + " levels");
        }
        if (node.isBoolean() && node.asBoolean() || node.isObject() && node.isEmpty()) {
            return Optional.of(new Schema.Any());
        }
        if (!node.isObject()) {
            throw ApiException.invalid(path + " is " + node + ": a JSON schema is an object");
        }
        for (String keyword : REFUSED) {
            if (node.has(keyword)) {
                throw ApiException.invalid(path + " has '" + keyword + "', which is not supported: leave it out");
            }
        }
        if (node.has("$ref")) {
            return schema(referenced(node.get("$ref").asText(), path), path, depth + 1);
        }
        if (node.has("const")) {
            return Optional.of(new Schema.Choice(List.of(node.get("const").toString())));
        }
        if (node.has("enum")) {
            return Optional.of(choice(node.get("enum"), path));
        }
        for (String keyword : List.of("anyOf", "oneOf")) {
            if (node.has(keyword)) {
                return oneOf(list(node.get(keyword), path + "." + keyword), path, depth);
            }
        }
        if (node.has("allOf")) {
            List<JsonNode> all = list(node.get("allOf"), path + ".allOf");
            if (all.size() != 1) {
                throw ApiException.invalid(path + ".allOf has " + all.size() + " schemas: only one is supported");
            }
            return schema(all.get(0), path, depth + 1);
        }
        if (node.path("type").isArray()) {
            List<JsonNode> options = new ArrayList<>();
            node.get("type")
                    .forEach(type -> options.add(((ObjectNode) node).deepCopy().set("type", type)));
            return oneOf(options, path, depth);
        }
        return typed(node, path, depth);
    }

    private Optional<Schema> typed(JsonNode node, String path, int depth) {
        String type = node.path("type").asText(node.has("properties") ? "object" : "");
        return switch (type) {
            case "object" -> object(node, path, depth);
            case "array" -> array(node, path, depth);
            case "string" -> Optional.of(text(node, path));
            case "integer" -> number(node, path, true);
            case "number" -> number(node, path, false);
            case "boolean" -> Optional.of(new Schema.Choice(List.of("true", "false")));
            case "null" -> Optional.of(new Schema.Choice(List.of("null")));
            case "" -> Optional.of(new Schema.Any());
            default ->
                throw ApiException.invalid(path + ".type is '" + type
                        + "': expected object, array, string, integer, number, boolean or null");
        };
    }

    private Optional<Schema> object(JsonNode node, String path, int depth) {
        JsonNode properties = node.path("properties");
        if (properties.isEmpty()) {
            return Optional.of(
                    node.has("properties")
                                    || node.path("additionalProperties").isBoolean()
                                            && !node.get("additionalProperties").asBoolean()
                            ? new Schema.Fields(List.of())
                            : new Schema.AnyObject());
        }
        Set<String> required = new HashSet<>();
        node.path("required").forEach(name -> required.add(name.asText()));
        for (String name : required) {
            if (!properties.has(name)) {
                throw ApiException.invalid(path + ".required names '" + name + "', which is not among its properties");
            }
        }
        List<Schema.Field> fields = new ArrayList<>();
        for (var property : properties.properties()) {
            String name = property.getKey();
            Optional<Schema> value = schema(property.getValue(), path + "." + name, depth + 1);
            if (value.isPresent()) {
                fields.add(new Schema.Field(name, value.get(), required.contains(name)));
            } else if (required.contains(name)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Schema.Fields(fields));
    }

    private Optional<Schema> array(JsonNode node, String path, int depth) {
        int minItems = count(node, "minItems", 0, path);
        int maxItems = count(node, "maxItems", Math.max(DEFAULT_ITEMS, minItems), path);
        if (node.path("uniqueItems").asBoolean() && maxItems > 1) {
            throw ApiException.invalid(path + " has 'uniqueItems', which is not supported: leave it out");
        }
        Optional<Schema> item = node.has("items")
                ? schema(node.get("items"), path + ".items", depth + 1)
                : Optional.of(new Schema.Any());
        if (item.isEmpty() && minItems == 0) {
            return Optional.of(new Schema.Choice(List.of("[]")));
        }
        return item.map(found -> new Schema.Items(found, minItems, Math.max(minItems, maxItems)));
    }

    private static Schema text(JsonNode node, String path) {
        int minLength = count(node, "minLength", 0, path);
        return new Schema.Text(
                minLength, Math.max(minLength, count(node, "maxLength", Math.max(DEFAULT_LENGTH, minLength), path)));
    }

    private Optional<Schema> number(JsonNode node, String path, boolean whole) {
        BigDecimal least = bound(node, "minimum", "exclusiveMinimum", whole ? BigDecimal.ONE : null, path);
        BigDecimal most = bound(node, "maximum", "exclusiveMaximum", whole ? BigDecimal.ONE.negate() : null, path);
        if (allFromInput || node.path("x-from-input").asBoolean()) {
            Predicate<String> within = literal -> {
                BigDecimal value = new BigDecimal(literal);
                return (least == null || value.compareTo(least) >= 0) && (most == null || value.compareTo(most) <= 0);
            };
            List<String> found = (whole ? numbers.integers() : numbers.decimals())
                    .stream().filter(within).toList();
            return found.isEmpty() ? Optional.empty() : Optional.of(new Schema.Choice(found));
        }
        if (least != null && most != null && least.compareTo(most) > 0) {
            throw ApiException.invalid(path + " allows no number: its minimum is above its maximum");
        }
        if (whole) {
            return Optional.of(
                    new Schema.Whole(least == null ? null : ceiling(least), most == null ? null : floor(most)));
        }
        if (least == null && most == null) {
            return Optional.of(new Schema.Decimal(null, null));
        }
        if (least == null || most == null || least.signum() < 0 || !isWhole(least) || !isWhole(most)) {
            throw ApiException.invalid(
                    path + ": bounds of a number are supported only as minimum and maximum, whole and from 0");
        }
        return Optional.of(new Schema.Decimal(least.toBigInteger(), most.toBigInteger()));
    }

    private Optional<Schema> oneOf(List<JsonNode> nodes, String path, int depth) {
        List<Schema> options = new ArrayList<>();
        for (JsonNode node : nodes) {
            schema(node, path, depth + 1).ifPresent(options::add);
        }
        List<String> literals = new ArrayList<>();
        List<Schema> others = new ArrayList<>();
        for (Schema option : options) {
            if (option instanceof Schema.Choice choice) {
                literals.addAll(choice.literals());
            } else {
                others.add(option);
            }
        }
        if (!literals.isEmpty()) {
            others.add(new Schema.Choice(literals.stream().distinct().toList()));
        }
        return others.size() < 2 ? others.stream().findFirst() : Optional.of(new Schema.OneOf(others));
    }

    private JsonNode referenced(String reference, String path) {
        JsonNode found =
                reference.equals("#") ? root : root.at(reference.startsWith("#/") ? reference.substring(1) : "/");
        if (found.isMissingNode()) {
            throw ApiException.invalid(path + " refers to '" + reference + "', which is not in the schema");
        }
        return found;
    }

    private static Schema choice(JsonNode values, String path) {
        List<String> literals = new ArrayList<>();
        list(values, path + ".enum").forEach(value -> literals.add(value.toString()));
        return new Schema.Choice(literals.stream().distinct().toList());
    }

    private static List<JsonNode> list(JsonNode node, String path) {
        if (!node.isArray() || node.isEmpty()) {
            throw ApiException.invalid(path + " is " + node + ": expected a list with at least one entry");
        }
        List<JsonNode> entries = new ArrayList<>();
        node.forEach(entries::add);
        return entries;
    }

    private static int count(JsonNode node, String keyword, int otherwise, String path) {
        JsonNode value = node.path(keyword);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.canConvertToInt() || value.asInt() < 0) {
            throw ApiException.invalid(path + "." + keyword + " is " + value + ": expected a count");
        }
        return Math.min(value.asInt(), 4096);
    }

    private static @Nullable BigDecimal bound(
            JsonNode node, String keyword, String exclusive, @Nullable BigDecimal step, String path) {
        JsonNode open = node.path(exclusive);
        if (open.isNumber()) {
            if (step == null) {
                throw ApiException.invalid(path + "." + exclusive + " is not supported for numbers: use " + keyword);
            }
            BigDecimal value = open.decimalValue();
            return (step.signum() > 0 ? new BigDecimal(floor(value)) : new BigDecimal(ceiling(value))).add(step);
        }
        JsonNode closed = node.path(keyword);
        return closed.isNumber() ? closed.decimalValue() : null;
    }

    private static BigInteger floor(BigDecimal value) {
        return value.setScale(0, RoundingMode.FLOOR).toBigInteger();
    }

    private static BigInteger ceiling(BigDecimal value) {
        return value.setScale(0, RoundingMode.CEILING).toBigInteger();
    }

    private static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }
}
