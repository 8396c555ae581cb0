package io.millrace.models.embedding;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import io.millrace.models.api.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** all-MiniLM-L6-v2: texts to unit vectors whose dot product is their similarity. */
public final class EmbeddingModel {
    public static final String ID = "all-minilm-l6-v2";
    public static final int DIMENSIONS = 384;

    /** The tokenizer drops these; of a text of nothing else the model would see no token at all. */
    private static final Pattern EMPTY = Pattern.compile("[\\s\\p{Z}\\p{C}\\p{M}]*");

    private static final String STAND_IN = ".";

    private final MiniLm model;
    private final String revision;

    private EmbeddingModel(MiniLm model, String revision) {
        this.model = model;
        this.revision = revision;
    }

    /** Loads the weights from the class path. */
    public static EmbeddingModel load() throws IOException {
        byte[] weights;
        try (InputStream in = MiniLm.resource("all-minilm-l6-v2-q.onnx")) {
            weights = in.readAllBytes();
        }
        EmbeddingModel loaded = new EmbeddingModel(MiniLm.load(weights), Revision.of(weights));
        loaded.embed(List.of("warm up"));
        return loaded;
    }

    public String revision() {
        return revision;
    }

    /** A vector for each text, in order; an empty text gets the vector of a full stop. */
    public Embeddings embed(List<String> texts) {
        var answer = model.embedAll(texts.stream()
                .map(text -> TextSegment.from(EMPTY.matcher(text).matches() ? STAND_IN : text))
                .toList());
        @Nullable Integer tokens = answer.tokenUsage().inputTokenCount();
        return new Embeddings(answer.content().stream().map(Embedding::vector).toList(), tokens == null ? 0 : tokens);
    }

    /** Cosine of two unit vectors. */
    public static double similarity(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
