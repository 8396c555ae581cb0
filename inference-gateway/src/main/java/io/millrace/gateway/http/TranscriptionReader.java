package io.millrace.gateway.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import io.millrace.gateway.call.CallRequest;
import io.millrace.gateway.identity.Kind;
import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.GatewayException;
import io.millrace.gateway.provider.Audio;
import io.millrace.service.Nearest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a transcription from a multipart form. The call's body holds the recording's hash and size in place of its bytes,
 * and not its name: the same recording is the same call. Nor does it hold the form of the answer, which is made of the
 * same answer.
 */
final class TranscriptionReader {
    static final long MAX_BYTES = 25L << 20;

    private static final int MAX_TEXT = 8000;
    private static final List<String> FIELDS =
            List.of("file", "model", "language", "prompt", "temperature", "response_format");

    private TranscriptionReader() {}

    /** @throws GatewayException naming the field and the fix */
    static CallRequest read(Context context) {
        if (context.req().getContentLengthLong() > MAX_BYTES + (1 << 20)) {
            throw tooLarge();
        }
        if (!context.isMultipartFormData()) {
            throw invalid("the body is no form: send multipart/form-data with 'file' and 'model'");
        }
        Map<String, List<String>> fields = fields(context);
        fields.keySet().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw invalid("field '" + name + "' is not known" + Nearest.hint(name, FIELDS));
                });
        String alias = text(fields, "model");
        if (alias == null) {
            throw invalid("'model' is missing: GET /v1/models lists what there is");
        }
        UploadedFile file = context.uploadedFileMap().getOrDefault("file", List.of()).stream()
                .findFirst()
                .orElseThrow(() -> invalid("'file' is missing: give a recording"));
        if (file.size() == 0) {
            throw invalid("'file' is empty: give a recording");
        }
        if (file.size() > MAX_BYTES) {
            throw tooLarge();
        }
        String format = text(fields, "response_format");
        if (format != null && !format.equals("json") && !format.equals("text")) {
            throw invalid("response_format '" + format + "' is not to be had: json or text");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("model", alias);
        put(body, fields, "language");
        put(body, fields, "prompt");
        String temperature = text(fields, "temperature");
        if (temperature != null) {
            body.put("temperature", number(temperature));
        }
        Audio audio = Recordings.keep(file);
        body.putObject("file").put("sha256", audio.sha256()).put("size_bytes", audio.sizeBytes());
        return RequestReader.of(Kind.TRANSCRIPTION, alias, body, false, audio, context);
    }

    /** Whether the caller wants the text alone, of a form that was read. */
    static boolean wantsText(Context context) {
        return "text".equals(text(context.formParamMap(), "response_format"));
    }

    /** @throws GatewayException when the form is cut off, too long or none */
    private static Map<String, List<String>> fields(Context context) {
        try {
            return context.formParamMap();
        } catch (Exception e) {
            // Javalin passes on what the server throws, unchecked or not.
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw String.valueOf(cause.getMessage()).matches("max .* exceeded.*")
                    ? tooLarge()
                    : invalid("the form cannot be read: " + cause.getMessage());
        }
    }

    private static void put(ObjectNode body, Map<String, List<String>> fields, String name) {
        String value = text(fields, name);
        if (value != null && value.length() > MAX_TEXT) {
            throw invalid("field '" + name + "' has " + value.length() + " characters: at most " + MAX_TEXT);
        }
        if (value != null) {
            body.put(name, value);
        }
    }

    private static @Nullable String text(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(null);
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw invalid("temperature '" + text + "' is no number");
        }
    }

    static GatewayException tooLarge() {
        return new GatewayException(
                ErrorCode.REQUEST_TOO_LARGE, "the recording is longer than 25 MB: split it, or store it smaller");
    }

    private static GatewayException invalid(String message) {
        return new GatewayException(ErrorCode.INVALID_REQUEST, message);
    }
}
