package io.millrace.models.chat;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** SmolLM2-135M-Instruct in native code. Not for several threads at once, except where said. */
final class ChatModel implements AutoCloseable {
    /** Stands for an empty opening, which the library would not compute; shares no token with any prompt. */
    private static final String NONE = "<empty_output>";

    private final LlamaModel model;
    private String opening = "";

    private ChatModel(LlamaModel model) {
        this.model = model;
    }

    static ChatModel load(Path file, int threads, int contextTokens) throws IOException {
        // The library would unpack into /tmp whatever java.io.tmpdir says.
        System.setProperty("de.kherud.llama.tmpdir", System.getProperty("java.io.tmpdir"));
        try {
            return new ChatModel(new LlamaModel(new ModelParameters()
                    .setModel(file.toString())
                    .setCtxSize(contextTokens)
                    .setThreads(threads)
                    .setThreadsBatch(threads)
                    .setParallel(1)
                    .disableContextShift()
                    .disableLog()));
        } catch (RuntimeException e) {
            throw new IOException(file + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * What was generated.
     *
     * @param tokens how many, the one that ends it included
     * @param ended whether it came to its end, rather than to the limit or a refusal to read on
     */
    record Generated(String text, int tokens, boolean ended) {}

    /** How many tokens the text has; for any thread. */
    int tokens(String text) {
        return model.encode(text).length;
    }

    /**
     * Prepares for prompts that begin with this opening.
     *
     * <p>How tokens are computed in batches changes the last digits of the scores. For the same request to get the same
     * answer, whatever was asked before, the opening is computed from nothing once, and each request then starts from
     * the state right behind it.
     */
    void open(String wanted) {
        String text = wanted.isEmpty() ? NONE : wanted;
        if (!text.equals(opening)) {
            opening = NONE;
            compute(NONE, false);
            compute(text, true);
            opening = text;
        }
        compute(text, true);
    }

    /** @param reader takes each piece of text as it comes; false ends the generation */
    Generated generate(String prompt, Sampling sampling, int maxTokens, Optional<String> grammar, PieceReader reader) {
        InferenceParameters parameters = new InferenceParameters(prompt)
                .setNPredict(maxTokens)
                .setCachePrompt(true)
                .setTemperature((float) sampling.temperature())
                .setTopP((float) sampling.topP());
        grammar.ifPresent(parameters::setGrammar);
        sampling.seed().ifPresent(parameters::setSeed);
        if (!sampling.bias().isEmpty()) {
            parameters.setTokenIdBias(sampling.bias());
        }
        StringBuilder text = new StringBuilder();
        int outputs = 0;
        boolean ended = false;
        LlamaIterator iterator = model.generate(parameters).iterator();
        while (iterator.hasNext()) {
            String piece = iterator.next().text;
            if (!iterator.hasNext()) {
                // The last output only says that there is no more.
                text.append(piece);
                break;
            }
            outputs++;
            // An empty piece is a token without text: the end.
            ended = piece.isEmpty();
            text.append(piece);
            if (!ended && !reader.read(piece)) {
                iterator.cancel();
                break;
            }
        }
        return new Generated(text.toString(), count(text.toString(), outputs, ended), ended);
    }

    /** Characters of several tokens come as one output. */
    private int count(String text, int outputs, boolean ended) {
        boolean ascii = text.chars().allMatch(character -> character < 0x80);
        return ascii ? outputs : Math.max(outputs, tokens(text) + (ended ? 1 : 0));
    }

    private void compute(String prompt, boolean keep) {
        for (LlamaOutput output : model.generate(new InferenceParameters(prompt)
                .setNPredict(0)
                .setTemperature(0f)
                .setCachePrompt(keep))) {
            if (output == null) {
                throw new IllegalStateException("the model gave nothing");
            }
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
