package io.millrace.gateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What identifies a model call: SHA-256, in hex, of the canonical request.
 *
 * <ul>
 *   <li>Part of it: the kind, the upstream model and its revision, every field of the request that can change the answer,
 *       the attempt, the text of a deliberate re-run.
 *   <li>Not part of it: {@code stream}, {@code stream_options}, {@code user}, {@code metadata}, {@code store}, the alias
 *       the caller gave as {@code model}, and everything that says who calls.
 *   <li>Canonical: keys sorted at every depth; numbers by value ({@code 1}, {@code 1.0} and {@code 10e-1} are one); a
 *       field of the request that is null counts as absent, deeper nulls count; the order of arrays counts.
 * </ul>
 */
public final class CallIdentity {
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("model", "stream", "stream_options", "user", "metadata", "store");

    private CallIdentity() {}

    /**
     * @param model the upstream model, not its alias
     * @param revision the revision its provider tells, or ""
     * @param request the body as the caller sent it
     * @param attempt 1, or more after answers that were rejected
     * @param rerun what the caller calls a deliberate re-run, or ""
     */
    public static String of(Kind kind, String model, String revision, ObjectNode request, int attempt, String rerun) {
        ObjectNode effective = JsonNodeFactory.instance.objectNode();
        request.properties().forEach(field -> {
            if (!WITHOUT_EFFECT.contains(field.getKey()) && !field.getValue().isNull()) {
                effective.set(field.getKey(), field.getValue());
            }
        });
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.put("kind", kind.text());
        call.put("model", model);
        call.put("revision", revision);
        call.set("request", effective);
        call.put("attempt", attempt);
        call.put("rerun", rerun);
        StringBuilder canonical = new StringBuilder(512);
        append(call, canonical);
        return sha256(canonical.toString());
    }

    private static void append(JsonNode value, StringBuilder out) {
        if (value.isObject()) {
            char separator = '{';
            for (String key : new TreeSet<>(((ObjectNode) value)
                    .properties().stream().map(Map.Entry::getKey).toList())) {
                out.append(separator);
                append(JsonNodeFactory.instance.textNode(key), out);
                append(value.get(key), out.append(':'));
                separator = ',';
            }
            out.append(value.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            char separator = '[';
            for (JsonNode element : value) {
                append(element, out.append(separator));
                separator = ',';
            }
            out.append(value.isEmpty() ? "[]" : "]");
        } else if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            out.append(number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros());
        } else {
            out.append(value);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
