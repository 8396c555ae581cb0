package io.millrace.models.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.models.api.ApiError;
import io.millrace.models.api.ApiException;
import io.millrace.models.api.Body;
import io.millrace.models.operations.Metrics;
import io.millrace.models.operations.Turns;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** POST /v1/embeddings. */
public final class EmbeddingsHandler implements Handler {
    private static final Logger log = LoggerFactory.getLogger(EmbeddingsHandler.class);
    private static final int MOST_TEXTS = 2048;
    private static final int LONGEST_TEXT = 32_768;

    /** Texts come by the hundred, and an answer takes all cores; but somebody who searches may wait for one text. */
    private static final Duration STEP_BACK = Duration.ofMillis(250);

    private final Supplier<EmbeddingModel> model;
    private final Turns turns;
    private final Turns chatTurns;
    private final Metrics metrics;
    private final AtomicLong arrived = new AtomicLong();

    /**
     * @param model throws an error until it is loaded
     * @param chatTurns at the model that embeddings step back for
     */
    public EmbeddingsHandler(Supplier<EmbeddingModel> model, Turns turns, Turns chatTurns, Metrics metrics) {
        this.model = model;
        this.turns = turns;
        this.chatTurns = chatTurns;
        this.metrics = metrics;
    }

    @Override
    public void handle(Context context) throws Exception {
        EmbeddingModel loaded = model.get();
        Body body = Body.parse(context.body());
        body.requireModel(EmbeddingModel.ID);
        List<String> texts = texts(body);
        boolean base64 = base64(body);
        Embeddings embeddings = turns.take(
                () -> log.info("embeddings request {}", arrived.incrementAndGet()), () -> embed(loaded, texts));
        metrics.tokens("embeddings", embeddings.tokens(), 0);
        context.contentType("application/json")
                .result(document(embeddings, base64).toString());
    }

    private Embeddings embed(EmbeddingModel loaded, List<String> texts) throws InterruptedException {
        List<float[]> vectors = new ArrayList<>();
        int tokens = 0;
        for (String text : texts) {
            chatTurns.awaitIdle(STEP_BACK);
            Embeddings embedding = loaded.embed(List.of(text));
            vectors.addAll(embedding.vectors());
            tokens += embedding.tokens();
        }
        return new Embeddings(vectors, tokens);
    }

    private static List<String> texts(Body body) {
        JsonNode input = body.get("input")
                .orElseThrow(() -> ApiException.invalid("'input' is missing: give a text or a list of texts"));
        List<String> texts = new ArrayList<>();
        for (JsonNode text : input.isTextual() ? List.of(input) : input) {
            if (!text.isTextual()) {
                throw Body.wrong("input", text, "a text or a list of texts");
            }
            if (text.asText().length() > LONGEST_TEXT) {
                throw new ApiException(
                        ApiError.CONTEXT_LENGTH_EXCEEDED,
                        "a text of 'input' has " + text.asText().length() + " characters and " + LONGEST_TEXT
                                + " are allowed: split it");
            }
            texts.add(text.asText());
        }
        if (texts.isEmpty() || texts.size() > MOST_TEXTS) {
            throw ApiException.invalid(
                    "'input' holds " + texts.size() + " texts: give 1 to " + MOST_TEXTS + " in one request");
        }
        return texts;
    }

    private static boolean base64(Body body) {
        int dimensions = body.count("dimensions").orElse(EmbeddingModel.DIMENSIONS);
        if (dimensions != EmbeddingModel.DIMENSIONS) {
            throw Body.wrong(
                    "dimensions", body.json().get("dimensions"), EmbeddingModel.DIMENSIONS + ", the model's own");
        }
        String format = body.text("encoding_format", "float");
        if (!format.equals("float") && !format.equals("base64")) {
            throw Body.wrong("encoding_format", body.json().get("encoding_format"), "float or base64");
        }
        return format.equals("base64");
    }

    private static ObjectNode document(Embeddings embeddings, boolean base64) {
        ObjectNode document =
                JsonNodeFactory.instance.objectNode().put("object", "list").put("model", EmbeddingModel.ID);
        ArrayNode data = document.putArray("data");
        for (float[] vector : embeddings.vectors()) {
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (base64) {
                entry.put("embedding", encode(vector));
            } else {
                ArrayNode numbers = entry.putArray("embedding");
                for (float number : vector) {
                    numbers.add(number);
                }
            }
        }
        document.putObject("usage").put("prompt_tokens", embeddings.tokens()).put("total_tokens", embeddings.tokens());
        return document;
    }

    private static String encode(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
