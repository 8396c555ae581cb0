package io.millrace.models.embedding;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** The library's model with a session that computes in its caller's thread and keeps no memory between calls. */
final class MiniLm extends AbstractInProcessEmbeddingModel {
    private final OnnxBertBiEncoder encoder;

    private MiniLm(OnnxBertBiEncoder encoder) {
        super(Runnable::run);
        this.encoder = encoder;
    }

    static MiniLm load(byte[] weights) throws IOException {
        // The tokenizer would unpack its native library into the home directory.
        System.setProperty("ENGINE_CACHE_DIR", System.getProperty("java.io.tmpdir"));
        OrtEnvironment environment = OrtEnvironment.getEnvironment("local-models");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                InputStream tokenizer = resource("all-minilm-l6-v2-q-tokenizer.json")) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            OrtSession session = environment.createSession(weights, options);
            return new MiniLm(new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN));
        } catch (OrtException e) {
            throw new IOException("the embedding model cannot be loaded: " + e.getMessage(), e);
        }
    }

    static InputStream resource(String name) throws FileNotFoundException {
        InputStream in = MiniLm.class.getResourceAsStream("/" + name);
        if (in == null) {
            throw new FileNotFoundException(name + " is not on the class path: the embedding model's jar is missing");
        }
        return in;
    }

    @Override
    protected OnnxBertBiEncoder model() {
        return encoder;
    }

    @Override
    protected Integer knownDimension() {
        return EmbeddingModel.DIMENSIONS;
    }
}
